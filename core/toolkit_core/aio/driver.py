"""The contract of drivers for asyncio: the door by which a dialect comes to the bridge.

The engine speaks to a driver as PEP 249 says.  So a driver for asyncio is a ``Driver`` whose
connections look so, and hand what is to be awaited to ``await_only``:

- ``AsyncDriver``: the glue; a subclass says how a connection is opened and adapted;
- ``AdaptedConnection``: the connection that the engine sees;
- ``BufferedCursor``: a cursor whose rows are fetched when it executes, so that reading a result
  needs no awaiting.  What ``server_side_cursor`` returns fetches as it goes instead, and says so
  by ``is_streamed``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, TypeVar

from toolkit_core.aio.bridge import await_only, in_bridge, require_bridge
from toolkit_core.aio.lock import TaskLock
from toolkit_core.aio.queue_pool import AsyncAdaptedQueuePool
from toolkit_core.dialect import URL, DBAPIConnection, Driver, InvalidRequestError, Pool

T = TypeVar("T")

__all__ = [
    "AdaptedConnection",
    "AsyncAdaptedQueuePool",
    "AsyncDriver",
    "BufferedCursor",
    "await_only",
    "in_bridge",
    "require_bridge",
]


class AdaptedConnection:
    """A connection of an asynchronous driver, as PEP 249 has it.

    Listeners of the pool's events get it; ``driver_connection`` is the driver's own.
    """

    def __init__(self, driver_connection: Any) -> None:
        self._connection = driver_connection
        # The event loop that it lives in.
        self.loop = asyncio.get_running_loop()

    @property
    def driver_connection(self) -> Any:
        """The connection as the driver made it, whose methods are awaited."""
        return self._connection

    def run_async(self, fn: Callable[[Any], Awaitable[T]]) -> T:
        """Call an asynchronous function with the driver's own connection, and wait for it."""
        return await_only(fn(self._connection), "run_async()")

    def cursor(self) -> Any:
        """Open a cursor."""
        raise NotImplementedError

    def commit(self) -> None:
        """Commit the open transaction."""
        await_only(self._connection.commit(), "COMMIT")

    def rollback(self) -> None:
        """Roll the open transaction back."""
        await_only(self._connection.rollback(), "ROLLBACK")

    def close(self) -> None:
        """Close the connection in good order."""
        await_only(self._connection.close(), "closing a connection")

    def __repr__(self) -> str:
        return f"<AdaptedConnection {self._connection!r}>"


class BufferedCursor:
    """A cursor that has all rows when its statement was executed."""

    __slots__ = ("_next", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    is_streamed = False

    def __init__(self) -> None:
        self.arraysize = 1
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: Any = None
        self._rows: Sequence[Any] = ()
        self._next = 0

    def keep(self, rows: Sequence[Any]) -> None:
        """Have these rows to be fetched."""
        self._rows = rows
        self._next = 0

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        at = self._next
        if at >= len(self._rows):
            return None
        self._next = at + 1
        return self._rows[at]

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Return the next rows."""
        start = self._next
        end = self._next = start + (self.arraysize if size is None else size)
        return self._rows[start:end]

    def fetchall(self) -> Sequence[Any]:
        """Return the remaining rows."""
        rows = self._rows if not self._next else self._rows[self._next :]
        self._rows = ()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while (row := self.fetchone()) is not None:
            yield row

    def setinputsizes(self, sizes: Any) -> None:
        """Take no notice, as PEP 249 allows."""

    def close(self) -> None:
        """Let go of the rows."""
        self._rows = ()


class AsyncDriver(Driver):
    """Glue to a driver for asyncio; it runs on the bridge.

    A subclass has ``open``, ``adapt`` and ``cut_off``, and its connections close themselves.
    """

    is_async = True
    # Whether a connection works in no other event loop than the one it was opened in.
    keeps_to_its_loop = True

    async def open(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection of the driver's own."""
        return await self.module.connect(*args, **kwargs)

    def adapt(self, driver_connection: Any) -> AdaptedConnection:
        """Make a connection look as PEP 249 says."""
        raise NotImplementedError

    def cut_off(self, driver_connection: Any) -> None:
        """Close a connection at once, from wherever it is asked, without anything to await."""
        raise NotImplementedError

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        """Open a connection; ``async_creator_fn`` among the arguments does it instead of us."""
        options = dict(kwargs)
        opener = options.pop("async_creator_fn", self.open)
        return self.adapt(await_only(opener(*args, **options), "connecting"))

    def pool_class(self, url: URL) -> type[Pool]:
        """Return the pool for tasks."""
        return AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: Any) -> Any:
        """Return the connection as the driver made it."""
        return connection.driver_connection

    def close(self, connection: Any) -> None:
        """Close the connection: in good order where that can be awaited, else at once."""
        if in_bridge() and not self.loop_lost(connection):
            connection.close()
        else:
            self.terminate(connection)

    def terminate(self, connection: Any) -> None:
        """Close the connection at once."""
        with suppress(RuntimeError):  # its event loop has ended, and the connection with it
            self.cut_off(connection.driver_connection)

    # -- waiting ------------------------------------------------------------------------

    def sleep(self, seconds: float) -> None:
        """Let other tasks work for so long."""
        await_only(asyncio.sleep(seconds), "waiting for another try")

    def new_lock(self) -> AbstractContextManager[object]:
        """Return a lock that tasks wait for."""
        return TaskLock()

    def loop_lost(self, connection: Any) -> bool:
        """Tell whether the event loop has ended; refuse a connection of another one."""
        loop = connection.loop
        if not self.keeps_to_its_loop or loop is asyncio._get_running_loop():
            return False
        if loop.is_closed():
            return True
        raise InvalidRequestError(
            "This engine's pool has a connection that is attached to a different event loop",
            hint="make an engine for each event loop; or await engine.dispose() before the old "
            "loop ends; or use poolclass=NullPool, which keeps no connections",
        )

    def task_name(self) -> str | None:
        """Return the name of the task that we are in."""
        try:
            task = asyncio.current_task()
        except RuntimeError:
            return None
        return None if task is None else task.get_name()
