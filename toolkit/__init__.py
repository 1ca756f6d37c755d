"""toolkit: a SQL toolkit and object-relational mapper.

This package is a thin face.  It only re-exports, and fetches each name when it is first asked
for, so that ``import toolkit`` costs next to nothing.

>>> from toolkit import create_engine, text
>>> with create_engine("sqlite://").connect() as connection:
...     connection.execute(text("select 'hello'")).scalar()
'hello'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit import lazy

if TYPE_CHECKING:
    from toolkit_core.dialect import Dialect as Dialect
    from toolkit_core.engine import Connection as Connection
    from toolkit_core.engine import CreateEnginePlugin as CreateEnginePlugin
    from toolkit_core.engine import CursorResult as CursorResult
    from toolkit_core.engine import Engine as Engine
    from toolkit_core.engine import ExceptionContext as ExceptionContext
    from toolkit_core.engine import ExecutionContext as ExecutionContext
    from toolkit_core.engine import FilterResult as FilterResult
    from toolkit_core.engine import FrozenResult as FrozenResult
    from toolkit_core.engine import IteratorResult as IteratorResult
    from toolkit_core.engine import MappingResult as MappingResult
    from toolkit_core.engine import MergedResult as MergedResult
    from toolkit_core.engine import NestedTransaction as NestedTransaction
    from toolkit_core.engine import Result as Result
    from toolkit_core.engine import RootTransaction as RootTransaction
    from toolkit_core.engine import Row as Row
    from toolkit_core.engine import RowMapping as RowMapping
    from toolkit_core.engine import ScalarResult as ScalarResult
    from toolkit_core.engine import Transaction as Transaction
    from toolkit_core.engine import TwoPhaseTransaction as TwoPhaseTransaction
    from toolkit_core.engine import create_engine as create_engine
    from toolkit_core.engine import create_mock_engine as create_mock_engine
    from toolkit_core.engine import create_pool_from_url as create_pool_from_url
    from toolkit_core.engine import engine_from_config as engine_from_config
    from toolkit_core.engine import result_tuple as result_tuple
    from toolkit_core.expression.text import TextClause as TextClause
    from toolkit_core.expression.text import text as text
    from toolkit_core.pool import AssertionPool as AssertionPool
    from toolkit_core.pool import NullPool as NullPool
    from toolkit_core.pool import Pool as Pool
    from toolkit_core.pool import PoolProxiedConnection as PoolProxiedConnection
    from toolkit_core.pool import PoolResetState as PoolResetState
    from toolkit_core.pool import QueuePool as QueuePool
    from toolkit_core.pool import SingletonThreadPool as SingletonThreadPool
    from toolkit_core.pool import StaticPool as StaticPool
    from toolkit_core.url import URL as URL
    from toolkit_core.url import make_url as make_url

    __version__: str

_ENGINE = (
    "Connection CreateEnginePlugin CursorResult Engine ExceptionContext ExecutionContext "
    "FilterResult FrozenResult IteratorResult MappingResult MergedResult NestedTransaction "
    "Result RootTransaction Row RowMapping ScalarResult Transaction TwoPhaseTransaction "
    "create_engine create_mock_engine create_pool_from_url engine_from_config result_tuple"
)

_HOMES = lazy.homes(
    {
        "toolkit_core.dialect": "Dialect",
        "toolkit_core.engine": _ENGINE,
        "toolkit_core.expression.text": "TextClause text",
        "toolkit_core.pool": "AssertionPool NullPool Pool PoolProxiedConnection PoolResetState "
        "QueuePool SingletonThreadPool StaticPool",
        "toolkit_core.url": "URL make_url",
    }
)

# Packages and modules that programs reach as attributes, without an import of their own.
_MODULES = frozenset({"dialects", "engine", "event", "events", "exc", "ext", "pool"})

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the same names as above, which one list spells


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return lazy.version("toolkit")
    if name in _MODULES:
        return lazy.module(f"{__name__}.{name}")
    return lazy.fetch(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_MODULES, "__version__"})
