"""A connection of ``aiosqlite``, and its cursors, as ``sqlite3`` has them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from toolkit_core.aio.driver import AdaptedConnection, BufferedCursor, await_only, require_bridge
from toolkit_sqlite.drivers import aiosqlite_thread as thread

T = TypeVar("T")


class AioSQLiteConnection(AdaptedConnection):
    """What the engine, and listeners of its events, see of a connection."""

    def in_thread(self, what: str, function: Callable[..., T], *args: Any) -> T:
        """Have the connection's thread call a function, and wait for it."""
        require_bridge(what)
        return await_only(thread.ask(self._connection, function, *args), what)

    def cursor(self) -> FetchedCursor:
        """Open a cursor."""
        return FetchedCursor(self)

    def execute(self, sql: str, parameters: Any = ()) -> FetchedCursor:
        """Open a cursor and execute a statement with it."""
        cursor = FetchedCursor(self)
        cursor.execute(sql, parameters)
        return cursor

    def commit(self) -> None:
        """Commit; without a transaction there is nothing to ask the thread for."""
        if self.in_transaction:
            self.in_thread("COMMIT", sqlite3.Connection.commit)

    def rollback(self) -> None:
        """Roll back; without a transaction there is nothing to ask the thread for."""
        if self.in_transaction:
            self.in_thread("ROLLBACK", sqlite3.Connection.rollback)

    def close(self) -> None:
        """Close the connection, and end its thread."""
        await_only(thread.close(self._connection), "closing a connection")

    def interrupt(self) -> None:
        """Stop what the connection is executing; nothing is to be awaited."""
        running = self._connection._connection
        if running is not None:
            running.interrupt()

    def create_function(
        self, name: str, narg: int, func: Callable[..., Any] | None, *, deterministic: bool = False
    ) -> None:
        """Give SQL a function."""

        def create(connection: sqlite3.Connection) -> None:
            connection.create_function(name, narg, func, deterministic=deterministic)

        self.in_thread("create_function()", create)

    def set_progress_handler(self, handler: Callable[[], Any] | None, n: int) -> None:
        """Have a function called while statements work."""
        self.in_thread("timeout", sqlite3.Connection.set_progress_handler, handler, n)

    # -- what is known without asking the thread ------------------------------------------

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._known("in_transaction")  # type: ignore[no-any-return]

    @property
    def isolation_level(self) -> str | None:
        """How the module begins transactions; None: not at all."""
        return self._known("isolation_level")  # type: ignore[no-any-return]

    @isolation_level.setter
    def isolation_level(self, mode: str | None) -> None:
        self.in_thread("isolation_level", setattr, "isolation_level", mode)

    @property
    def autocommit(self) -> bool | int:
        """The newer way to say that; Python has it since 3.12."""
        return self._known("autocommit")  # type: ignore[no-any-return]

    @autocommit.setter
    def autocommit(self, value: bool | int) -> None:
        self.in_thread("autocommit", setattr, "autocommit", value)

    def _known(self, name: str) -> Any:
        running = self._connection._connection
        if running is None:
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
        try:
            return getattr(running, name)
        except sqlite3.ProgrammingError:
            # Some of it is for its own thread alone, since Python 3.12, where that is checked.
            return self.in_thread(name, getattr, name)


class FetchedCursor(BufferedCursor):
    """Executes and fetches on one way to the thread."""

    __slots__ = ("connection",)

    def __init__(self, connection: AioSQLiteConnection) -> None:
        super().__init__()
        self.connection = connection

    def execute(self, sql: str, parameters: Any = ()) -> None:
        """Execute a statement, and fetch all rows."""
        self._take(sql, _executed, parameters)

    def executemany(self, sql: str, parameters: Any) -> None:
        """Execute a statement with each of many sets of parameters."""
        self._take(sql, _executed_many, parameters)

    def _take(self, sql: str, function: Callable[..., tuple[Any, ...]], parameters: Any) -> None:
        require_bridge(sql)  # before anything is sent
        answer = thread.ask(self.connection._connection, function, sql, parameters)
        self.description, rows, self.rowcount, self.lastrowid = await_only(answer, sql)
        self.keep(rows)


class StreamingCursor:
    """Leaves the rows with SQLite, which computes them as they are fetched."""

    is_streamed = True

    def __init__(self, connection: AioSQLiteConnection) -> None:
        self.connection = connection
        self.arraysize = 1
        self._cursor: Any = None

    def execute(self, sql: str, parameters: Any = ()) -> None:
        """Execute a statement."""
        self.close()
        require_bridge(sql)
        opening = thread.ask_to_read(self.connection.driver_connection, sql, parameters)
        self._cursor = await_only(opening, sql)

    @property
    def description(self) -> Any:
        """What the columns are; None: there are no rows."""
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows a statement has changed."""
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The key of the row that was inserted last."""
        return None if self._cursor is None else self._cursor.lastrowid

    def fetchone(self) -> Any:
        """Fetch the next row, or None."""
        return self._fetch(sqlite3.Cursor.fetchone)

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Fetch the next rows."""
        return self._fetch(sqlite3.Cursor.fetchmany, self.arraysize if size is None else size)

    def fetchall(self) -> Sequence[Any]:
        """Fetch the remaining rows."""
        return self._fetch(sqlite3.Cursor.fetchall)

    def close(self) -> None:
        """Have the thread close the cursor before it does anything else."""
        if self._cursor is not None:
            thread.tell(self.connection._connection, self._cursor.close)
            self._cursor = None

    def _fetch(self, function: Callable[..., T], *args: Any) -> T:
        cursor = self._cursor
        if cursor is None:
            raise sqlite3.ProgrammingError("Cannot operate on a closed cursor.")
        return self.connection.in_thread("fetching rows", lambda _: function(cursor, *args))


def _executed(connection: sqlite3.Connection, sql: str, parameters: Any) -> tuple[Any, ...]:
    return _all_of(connection.execute(sql, parameters))


def _executed_many(connection: sqlite3.Connection, sql: str, parameters: Any) -> tuple[Any, ...]:
    return _all_of(connection.executemany(sql, parameters))


def _all_of(cursor: sqlite3.Cursor) -> tuple[Any, ...]:
    try:
        description = cursor.description
        rows = () if description is None else cursor.fetchall()
        return description, rows, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()
