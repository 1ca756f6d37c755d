"""Connection pools: what keeps connections open between their uses, and shares them.

A pool works with an engine or by itself:

>>> import sqlite3
>>> pool = QueuePool(lambda: sqlite3.connect(":memory:"), pool_size=3)
>>> with pool.connect() as connection:
...     connection.execute("select 1").fetchone()
(1,)
"""

from toolkit_core.events import PoolResetState
from toolkit_core.lazy_module import lazy_names
from toolkit_core.pool.checkout import PoolProxiedConnection
from toolkit_core.pool.driver import PoolDriver
from toolkit_core.pool.entry import ConnectionPoolEntry, ManagesConnection
from toolkit_core.pool.holders import Holder
from toolkit_core.pool.pool import Pool
from toolkit_core.pool.singleton_thread import SingletonThreadPool
from toolkit_core.pool.threads import QueuePool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from toolkit_core.pool.assertion import AssertionPool
    from toolkit_core.pool.null import NullPool
    from toolkit_core.pool.static import StaticPool

# Pools that few programs have.
_HOMES = {
    "AssertionPool": "toolkit_core.pool.assertion",
    "NullPool": "toolkit_core.pool.null",
    "StaticPool": "toolkit_core.pool.static",
}

# Names under which SQLAlchemy's documentation also knows them.
_ConnectionFairy = PoolProxiedConnection
_ConnectionRecord = ConnectionPoolEntry

__all__ = [
    "AssertionPool",
    "ConnectionPoolEntry",
    "Holder",
    "ManagesConnection",
    "NullPool",
    "Pool",
    "PoolDriver",
    "PoolProxiedConnection",
    "PoolResetState",
    "QueuePool",
    "SingletonThreadPool",
    "StaticPool",
    "_ConnectionFairy",
    "_ConnectionRecord",
]

__getattr__ = lazy_names(__name__, _HOMES)
