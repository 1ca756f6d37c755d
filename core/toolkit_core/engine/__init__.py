"""Engines, connections, transactions, results: the rim, where input and output happen."""

from toolkit_core.lazy_module import lazy_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from toolkit_core.engine.config import engine_from_config
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.context import ExecutionContext
    from toolkit_core.engine.create import (
        create_engine,
        create_pool_from_url,
    )
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
    from toolkit_core.engine.row_mapping import (
        RMKeyView,
        RowMapping,
    )
    from toolkit_core.engine.transaction import (
        NestedTransaction,
        RootTransaction,
        Transaction,
        TwoPhaseTransaction,
    )

_HOMES = {
    "ChunkedIteratorResult": "toolkit_core.engine.result",
    "Connection": "toolkit_core.engine.connection",
    "CreateEnginePlugin": "toolkit_core.engine.engine_plugin",
    "CursorResult": "toolkit_core.engine.cursor_result",
    "Engine": "toolkit_core.engine.engine",
    "ExceptionContext": "toolkit_core.engine.failure",
    "ExecutionContext": "toolkit_core.engine.context",
    "FilterResult": "toolkit_core.engine.result_filters",
    "FrozenResult": "toolkit_core.engine.result",
    "IteratorResult": "toolkit_core.engine.result",
    "MappingResult": "toolkit_core.engine.result_filters",
    "MergedResult": "toolkit_core.engine.result",
    "NestedTransaction": "toolkit_core.engine.transaction",
    "RMKeyView": "toolkit_core.engine.row_mapping",
    "Result": "toolkit_core.engine.result",
    "RootTransaction": "toolkit_core.engine.transaction",
    "Row": "toolkit_core.engine.row",
    "RowMapping": "toolkit_core.engine.row_mapping",
    "ScalarResult": "toolkit_core.engine.result_filters",
    "Transaction": "toolkit_core.engine.transaction",
    "TupleResult": "toolkit_core.engine.result_filters",
    "TwoPhaseTransaction": "toolkit_core.engine.transaction",
    "create_engine": "toolkit_core.engine.create",
    "create_mock_engine": "toolkit_core.engine.mock",
    "create_pool_from_url": "toolkit_core.engine.create",
    "engine_from_config": "toolkit_core.engine.config",
    "null_result": "toolkit_core.engine.result",
    "result_tuple": "toolkit_core.engine.result",
}

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

__getattr__ = lazy_names(__name__, _HOMES)
