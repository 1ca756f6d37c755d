"""All that a dialect imports: the contract, and nothing beside it is promised."""

from toolkit_core.dialect.dialect import Dialect
from toolkit_core.dialect.driver import DBAPIConnection, DBAPICursor, Driver
from toolkit_core.dialect.plugin import DialectPlugin
from toolkit_core.errors import ErrorFacts, IntegrityKind
from toolkit_core.facts import Capabilities, ParamStyle, ServerFacts, Style

__all__ = [
    "Capabilities",
    "DBAPIConnection",
    "DBAPICursor",
    "Dialect",
    "DialectPlugin",
    "Driver",
    "ErrorFacts",
    "IntegrityKind",
    "ParamStyle",
    "ServerFacts",
    "Style",
]
