"""A connection of asyncpg, and its cursors, as PEP 249 has them.

asyncpg commits each statement by itself, unless a transaction was begun: so one is begun before the
first statement.  Statements are prepared, and kept for their next use.
https://magicstack.github.io/asyncpg/current/api/index.html
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar

from toolkit_core.aio.driver import AdaptedConnection, BufferedCursor, await_only, require_bridge
from toolkit_postgresql.drivers.asyncpg_errors import translated
from toolkit_postgresql.drivers.libpq import IDLE, IN_ERROR

T = TypeVar("T")

# The number of the type "char": https://www.postgresql.org/docs/current/datatype-character.html
_CHAR = 18
# The status of a transaction that is open.
_OPEN = 2
# What asyncpg says of a statement that was prepared before the schema changed.
_OUTDATED = ("InvalidCachedStatementError", "OutdatedSchemaCacheError")
# What changes the meaning of statements that are prepared.
_DDL = ("ALTER", "CREATE", "DROP", "TRUNCATE", "DISCARD")


class Prepared:
    """A statement that the server has prepared, and what its rows are."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        attributes = statement.get_attributes()
        #: As PEP 249 has it; None: it returns no rows.
        self.description: Any = [(a.name, a.type.oid, *[None] * 5) for a in attributes] or None
        # Columns of the type "char", a single byte, which others read as text.
        self._bytes = {n for n, a in enumerate(attributes) if a.type.oid == _CHAR}

    def rows(self, records: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return asyncpg's records as plain rows."""
        rows = list(map(tuple, records))
        return [self._with_text(row) for row in rows] if self._bytes else rows

    def _with_text(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            value.strip(b"\0").decode() if n in self._bytes and value is not None else value
            for n, value in enumerate(row)
        )


class AsyncpgConnection(AdaptedConnection):
    """What the engine, and listeners of its events, see of a connection."""

    # Opens another connection to the same server.
    another: Callable[[], Awaitable[Any]]

    def __init__(self, driver_connection: Any, schema: list[int]) -> None:
        super().__init__(driver_connection)
        self.autocommit = False
        self.isolation_level: str | None = None
        self.read_only = False
        self.deferrable = False
        self._transaction: Any = None
        # Whether a statement of it has failed, which the server waits to have rolled back.
        self._has_failed = False
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()
        self.most_prepared = 100
        # Makes their names, for poolers that hand a session to several clients.
        self.name_statement: Callable[[], str] | None = None
        # How often the engine's connections have changed the schema, and when we last looked.
        self._schema = schema
        self._schema_seen = schema[0]

    @property
    def closed(self) -> bool:
        """Whether the connection is closed, or lost."""
        closed: bool = self._connection.is_closed()
        return closed

    @property
    def info(self) -> Any:
        """What libpq tells of a connection, as far as it is asked for."""
        version = self._connection.get_server_version()
        number = version.major * 10000 + version.minor
        return SimpleNamespace(server_version=number, transaction_status=self.status)

    @property
    def status(self) -> int:
        """The status of the transaction, as libpq numbers it."""
        if self.closed or not self._connection.is_in_transaction():
            return IDLE
        return IN_ERROR if self._has_failed else _OPEN

    def cursor(self) -> FetchedCursor:
        """Open a cursor."""
        return FetchedCursor(self)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> FetchedCursor:
        """Open a cursor and execute a statement with it."""
        cursor = FetchedCursor(self)
        cursor.execute(sql, parameters)
        return cursor

    def commit(self) -> None:
        """Commit the transaction, if one was begun."""
        transaction, self._transaction = self._transaction, None
        self._has_failed = False
        if transaction is not None:
            self.run("COMMIT", transaction.commit)

    def rollback(self) -> None:
        """Roll the transaction back, if one was begun."""
        transaction, self._transaction = self._transaction, None
        self._has_failed = False
        if transaction is not None:
            self.run("ROLLBACK", transaction.rollback)

    def close(self) -> None:
        """Close the connection in good order."""
        self.run("closing a connection", self._connection.close)

    # -- on the bridge ----------------------------------------------------------------------

    def run(self, what: str, function: Callable[..., Awaitable[T]], *args: Any) -> T:
        """Have something awaited, whose errors are told as PEP 249 names them."""
        require_bridge(what)
        try:
            return await_only(function(*args), what)
        except Exception as error:
            self._note_failure(error)
            seen = translated(error)
            if seen is error:
                raise
            raise seen from error

    def _note_failure(self, error: Exception) -> None:
        if getattr(error, "sqlstate", None) is not None:
            self._has_failed = True
        if type(error).__name__ in _OUTDATED:
            # The schema was changed by somebody whom the engine knows nothing of.
            self.forget_statements()

    async def begin(self) -> None:
        """Begin a transaction, unless there is one, or each statement is its own."""
        if self._transaction is not None or self.autocommit:
            return
        made = self._connection.transaction(
            isolation=self.isolation_level,
            readonly=self.read_only,
            deferrable=self.deferrable,
        )
        await made.start()
        self._transaction = made

    async def statement(self, sql: str) -> Prepared:
        """Return a statement, prepared, in a transaction unless each is its own."""
        await self.begin()
        if self._schema_seen != self._schema[0]:
            self._schema_seen = self._schema[0]
            self._prepared.clear()
        prepared = self._prepared.get(sql)
        if prepared is not None:
            self._prepared.move_to_end(sql)
            return prepared
        name = None if self.name_statement is None else self.name_statement()
        prepared = Prepared(await self._connection.prepare(sql, name=name))
        if self.most_prepared:
            self._prepared[sql] = prepared
            if len(self._prepared) > self.most_prepared:
                self._prepared.popitem(last=False)
        return prepared

    def has_recovered(self) -> None:
        """Note that what has failed was rolled back."""
        self._has_failed = False

    def forget_statements(self) -> None:
        """Have all connections of the engine prepare anew: the schema has changed."""
        self._schema[0] += 1


class FetchedCursor(BufferedCursor):
    """A cursor that fetches all rows when it executes."""

    __slots__ = ("connection",)

    def __init__(self, connection: AsyncpgConnection) -> None:
        super().__init__()
        self.connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement, and fetch all rows."""
        self.connection.run(sql, self._execute, sql, parameters)

    def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute a statement with each of many sets of parameters."""
        self.connection.run(sql, self._execute_many, sql, parameters)

    async def _execute(self, sql: str, parameters: Sequence[Any]) -> None:
        prepared = await self.connection.statement(sql)
        rows = await prepared.statement.fetch(*parameters)
        self.description = prepared.description
        self.keep(prepared.rows(rows))
        self.rowcount = self._counted(prepared.statement.get_statusmsg() or "")

    async def _execute_many(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        prepared = await self.connection.statement(sql)
        await prepared.statement.executemany(parameters)
        self.description, self.rowcount = None, -1
        self.keep(())

    def _counted(self, status: str) -> int:
        """Read how many rows a statement was about; what changes the schema is noted."""
        words = status.split()
        if words and words[0] in _DDL:
            self.connection.forget_statements()
        elif words == ["ROLLBACK"]:  # to a savepoint
            self.connection.has_recovered()
        return int(words[-1]) if words and words[-1].isdigit() else -1


class StreamingCursor:
    """A cursor whose rows stay on the server until they are fetched."""

    is_streamed = True

    def __init__(self, connection: AsyncpgConnection) -> None:
        self.connection = connection
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid = None
        self.arraysize = 1
        self._cursor: Any = None
        self._prepared: Prepared

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Declare it."""
        self.connection.run(sql, self._declare, sql, parameters)

    async def _declare(self, sql: str, parameters: Sequence[Any]) -> None:
        prepared = self._prepared = await self.connection.statement(sql)
        self._cursor = await prepared.statement.cursor(*parameters)
        self.description = prepared.description

    def fetchone(self) -> Any:
        """Fetch the next row, or None."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Fetch the next rows."""
        wanted = self.arraysize if size is None else size
        return self._prepared.rows(self.connection.run("fetching", self._cursor.fetch, wanted))

    def fetchall(self) -> Sequence[Any]:
        """Fetch the remaining rows."""
        rows: list[Any] = []
        while more := self.fetchmany(1000):
            rows += more
        return rows

    def setinputsizes(self, sizes: Any) -> None:
        """Take no notice, as PEP 249 allows."""

    def close(self) -> None:
        """Forget it: the end of its transaction closes it on the server."""
        self._cursor = None
