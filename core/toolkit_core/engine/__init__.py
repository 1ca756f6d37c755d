"""Engines, connections, transactions, results: the rim, where input and output happen."""

from toolkit_core.engine.config import engine_from_config
from toolkit_core.engine.connection import Connection
from toolkit_core.engine.context import ExecutionContext
from toolkit_core.engine.create import create_engine, create_pool_from_url
from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.engine import Engine
from toolkit_core.engine.engine_plugin import CreateEnginePlugin
from toolkit_core.engine.failure import ExceptionContext
from toolkit_core.engine.mock import create_mock_engine
from toolkit_core.engine.result import (
    ChunkedIteratorResult,
    FrozenResult,
    IteratorResult,
    MergedResult,
    Result,
    null_result,
    result_tuple,
)
from toolkit_core.engine.result_filters import (
    FilterResult,
    MappingResult,
    ScalarResult,
    TupleResult,
)
from toolkit_core.engine.row import Row
from toolkit_core.engine.row_mapping import RMKeyView, RowMapping
from toolkit_core.engine.transaction import (
    NestedTransaction,
    RootTransaction,
    Transaction,
    TwoPhaseTransaction,
)

__all__ = [
    "ChunkedIteratorResult",
    "Connection",
    "CreateEnginePlugin",
    "CursorResult",
    "Engine",
    "ExceptionContext",
    "ExecutionContext",
    "FilterResult",
    "FrozenResult",
    "IteratorResult",
    "MappingResult",
    "MergedResult",
    "NestedTransaction",
    "RMKeyView",
    "Result",
    "RootTransaction",
    "Row",
    "RowMapping",
    "ScalarResult",
    "Transaction",
    "TupleResult",
    "TwoPhaseTransaction",
    "create_engine",
    "create_mock_engine",
    "create_pool_from_url",
    "engine_from_config",
    "null_result",
    "result_tuple",
]
