"""What tests of asyncio share: running a test in an event loop, engines that leak nothing."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from tests.containers.backend import Backend
from toolkit import URL, make_url
from toolkit.event import listen
from toolkit.ext.asyncio import AsyncEngine, create_async_engine


def asynchronous(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an asynchronous test in an event loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


# Where the matrix says psycopg2, which knows nothing of asyncio, it is asyncpg's turn.
DRIVERS = {
    "pysqlite": "sqlite+aiosqlite",
    "psycopg": "postgresql+psycopg",
    "psycopg2": "postgresql+asyncpg",
}


def async_url(backend: Backend) -> URL:
    """The URL of a backend for a driver of asyncio."""
    return make_url(backend.url).set(drivername=DRIVERS[backend.driver])


class Books:
    """Counts an engine's connections as they are opened and closed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.opened = self.closed = 0
        listen(engine.sync_engine, "connect", self._open)
        listen(engine.sync_engine, "close", self._close)

    def _open(self, connection: Any, record: Any) -> None:
        self.opened += 1

    def _close(self, connection: Any, record: Any) -> None:
        self.closed += 1

    @property
    def idle(self) -> int:
        """How many connections are open in the pool."""
        entries = self.engine.pool.entries
        return sum(entry.dbapi_connection is not None for entry in entries if not entry.in_use)

    async def settled(self) -> None:
        """Wait for what cancelled tasks have left behind."""
        deadline = asyncio.get_running_loop().time() + 10
        while self.engine.pool.checkedout():
            assert asyncio.get_running_loop().time() < deadline, self.engine.pool.holders()
            await asyncio.sleep(0.001)


@asynccontextmanager
async def opened(url: str | URL, **options: Any) -> AsyncIterator[AsyncEngine]:
    """An engine for a test; in the end every connection was given back, and is closed."""
    before = workers()
    engine = create_async_engine(url, **options)
    books = Books(engine)
    try:
        yield engine
        assert engine.pool.checkedout() == 0, engine.pool.holders()
    finally:
        await engine.dispose()
    assert books.opened == books.closed
    while workers() - before:  # noqa: ASYNC110 - a thread tells nobody that it has ended
        await asyncio.sleep(0.001)


def workers() -> set[threading.Thread]:
    """The threads of connections that are open."""
    return {t for t in threading.enumerate() if "_connection_worker_thread" in t.name}


# A statement that SQLite needs half a second for, or more.
LONG = (
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) "
    "select max(i) from n"
)
