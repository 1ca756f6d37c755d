"""An asynchronous connection of psycopg, and its cursors, as the blocking ones are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from toolkit_core.aio.driver import (
    AdaptedConnection,
    BufferedCursor,
    await_only,
    in_bridge,
    require_bridge,
)


def _known(name: str, setter: str | None = None) -> Any:
    """Make a property of what the driver's connection knows without asking the server."""

    def get(self: PsycopgConnection) -> Any:
        return getattr(self._connection, name)

    def set_(self: PsycopgConnection, value: Any) -> None:
        if setter is None:
            setattr(self._connection, name, value)
        else:
            await_only(getattr(self._connection, setter)(value), name)

    return property(get, set_, doc=f"The connection's ``{name}``.")


def _awaited(name: str) -> Any:
    """Make a method that awaits the driver's of the same name."""

    def call(self: PsycopgConnection, *args: Any) -> Any:
        return await_only(getattr(self._connection, name)(*args), name)

    call.__doc__ = f"Await the connection's ``{name}()``."
    return call


class PsycopgConnection(AdaptedConnection):
    """What the engine, and listeners of its events, see of a connection."""

    info = _known("info")
    closed = _known("closed")
    adapters = _known("adapters")
    server_cursor_factory = _known("server_cursor_factory")
    autocommit = _known("autocommit", "set_autocommit")
    isolation_level = _known("isolation_level", "set_isolation_level")
    read_only = _known("read_only", "set_read_only")
    deferrable = _known("deferrable", "set_deferrable")
    # What psycopg knows of a two-phase transaction of its own.
    _tpc = _known("_tpc")

    tpc_begin = _awaited("tpc_begin")
    tpc_prepare = _awaited("tpc_prepare")
    tpc_commit = _awaited("tpc_commit")
    tpc_rollback = _awaited("tpc_rollback")
    tpc_recover = _awaited("tpc_recover")
    # From a connection of libpq's own, which does not block the event loop.
    cancel = _awaited("cancel_safe")

    def cursor(self) -> FetchedCursor:
        """Open a cursor."""
        return FetchedCursor(self)

    def execute(self, sql: str, parameters: Any = None) -> FetchedCursor:
        """Open a cursor and execute a statement with it."""
        cursor = FetchedCursor(self)
        cursor.execute(sql, parameters)
        return cursor


class FetchedCursor(BufferedCursor):
    """A cursor whose rows psycopg has when its statement was executed."""

    __slots__ = ("_cursor", "connection")

    def __init__(self, connection: PsycopgConnection) -> None:
        super().__init__()
        self.connection = connection
        self._cursor = connection.driver_connection.cursor()

    def execute(self, sql: str, parameters: Any = None, *, prepare: bool | None = None) -> None:
        """Execute a statement, and fetch all rows."""
        self._take(sql, self._cursor.execute, parameters, prepare=prepare)

    def executemany(self, sql: str, parameters: Any) -> None:
        """Execute a statement with each of many sets of parameters."""
        self._take(sql, self._cursor.executemany, parameters)

    def copy(self, sql: str) -> Any:
        """Begin a COPY, to be entered asynchronously."""
        return self._cursor.copy(sql)

    def _take(
        self, sql: str, execute: Callable[..., Awaitable[Any]], *args: Any, **kw: Any
    ) -> None:
        require_bridge(sql)
        rows = await_only(self._fetched(execute(sql, *args, **kw)), sql)
        cursor = self._cursor
        self.description, self.rowcount = cursor.description, cursor.rowcount
        self.keep(rows)

    async def _fetched(self, executing: Awaitable[Any]) -> Sequence[Any]:
        await executing
        cursor = self._cursor
        if cursor.description is None:
            return ()
        rows: Sequence[Any] = await cursor.fetchall()
        return rows


class StreamingCursor:
    """A named cursor: its rows stay on the server until they are fetched."""

    is_streamed = True

    def __init__(self, connection: PsycopgConnection, cursor: Any) -> None:
        self.connection = connection
        self._cursor = cursor
        self.arraysize = 1
        self.lastrowid = None

    def execute(self, sql: str, parameters: Any = None) -> None:
        """Declare it."""
        await_only(self._cursor.execute(sql, parameters), sql)

    @property
    def description(self) -> Any:
        """What the columns are."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows there are, as far as psycopg knows."""
        count: int = self._cursor.rowcount
        return count

    def fetchone(self) -> Any:
        """Fetch the next row, or None."""
        return await_only(self._cursor.fetchone(), "fetching a row")

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Fetch the next rows."""
        wanted = self.arraysize if size is None else size
        rows: Sequence[Any] = await_only(self._cursor.fetchmany(wanted), "fetching rows")
        return rows

    def fetchall(self) -> Sequence[Any]:
        """Fetch the remaining rows."""
        rows: Sequence[Any] = await_only(self._cursor.fetchall(), "fetching rows")
        return rows

    def setinputsizes(self, sizes: Any) -> None:
        """Take no notice, as PEP 249 allows."""

    def close(self) -> None:
        """Close it, where that can be awaited; else the end of its transaction does."""
        if in_bridge():
            await_only(self._cursor.close(), "closing a cursor")
