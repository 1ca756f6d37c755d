"""All that a dialect imports: the contract, and nothing beside it is promised."""

from toolkit_core.dialect.dialect import Dialect
from toolkit_core.dialect.driver import DBAPIConnection, DBAPICursor, Driver
from toolkit_core.dialect.plugin import DialectPlugin
from toolkit_core.errors import (
    ArgumentError,
    CompileError,
    DBAPIError,
    ErrorFacts,
    IntegrityKind,
    InvalidRequestError,
    SADeprecationWarning,
    SAWarning,
    UnsupportedCompilationError,
    warn,
)
from toolkit_core.facts import Capabilities, ParamStyle, ServerFacts, Style, quoted_name
from toolkit_core.lazy_module import lazy_module, lazy_names
from toolkit_core.pool import Pool, QueuePool, SingletonThreadPool
from toolkit_core.url import URL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from toolkit_core.expression.text import text
    from toolkit_core.newer_typing import Self
    from toolkit_core.pool import NullPool, StaticPool

_HOMES = {
    "NullPool": "toolkit_core.pool",
    "Self": "toolkit_core.newer_typing",
    "StaticPool": "toolkit_core.pool",
    "text": "toolkit_core.expression.text",
}

__all__ = [
    "URL",
    "ArgumentError",
    "Capabilities",
    "CompileError",
    "DBAPIConnection",
    "DBAPICursor",
    "DBAPIError",
    "Dialect",
    "DialectPlugin",
    "Driver",
    "ErrorFacts",
    "IntegrityKind",
    "InvalidRequestError",
    "NullPool",
    "ParamStyle",
    "Pool",
    "QueuePool",
    "SADeprecationWarning",
    "SAWarning",
    "Self",
    "ServerFacts",
    "SingletonThreadPool",
    "StaticPool",
    "Style",
    "UnsupportedCompilationError",
    "lazy_module",
    "quoted_name",
    "text",
    "warn",
]

__getattr__ = lazy_names(__name__, _HOMES)
