"""All that a dialect imports: the contract, and nothing beside it is promised."""

from toolkit_core.dialect.dialect import Dialect
from toolkit_core.dialect.driver import DBAPIConnection, DBAPICursor, Driver
from toolkit_core.dialect.plugin import DialectPlugin
from toolkit_core.errors import (
    ArgumentError,
    CompileError,
    ErrorFacts,
    IntegrityKind,
    SADeprecationWarning,
    SAWarning,
    UnsupportedCompilationError,
    warn,
)
from toolkit_core.facts import Capabilities, ParamStyle, ServerFacts, Style
from toolkit_core.pool import NullPool, Pool, QueuePool, SingletonThreadPool, StaticPool
from toolkit_core.url import URL

__all__ = [
    "URL",
    "ArgumentError",
    "Capabilities",
    "CompileError",
    "DBAPIConnection",
    "DBAPICursor",
    "Dialect",
    "DialectPlugin",
    "Driver",
    "ErrorFacts",
    "IntegrityKind",
    "NullPool",
    "ParamStyle",
    "Pool",
    "QueuePool",
    "SADeprecationWarning",
    "SAWarning",
    "ServerFacts",
    "SingletonThreadPool",
    "StaticPool",
    "Style",
    "UnsupportedCompilationError",
    "warn",
]
