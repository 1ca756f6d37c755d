"""Engines, connections, transactions, results: the rim, where input and output happen."""

from toolkit_core.engine.config import engine_from_config
from toolkit_core.engine.connection import Connection
from toolkit_core.engine.context import ExecutionContext
from toolkit_core.engine.create import create_engine, create_pool_from_url
from toolkit_core.engine.engine import Engine
from toolkit_core.engine.engine_plugin import CreateEnginePlugin
from toolkit_core.engine.failure import ExceptionContext
from toolkit_core.engine.mock import create_mock_engine
from toolkit_core.engine.transaction import (
    NestedTransaction,
    RootTransaction,
    Transaction,
    TwoPhaseTransaction,
)

__all__ = [
    "Connection",
    "CreateEnginePlugin",
    "Engine",
    "ExceptionContext",
    "ExecutionContext",
    "NestedTransaction",
    "RootTransaction",
    "Transaction",
    "TwoPhaseTransaction",
    "create_engine",
    "create_mock_engine",
    "create_pool_from_url",
    "engine_from_config",
]
