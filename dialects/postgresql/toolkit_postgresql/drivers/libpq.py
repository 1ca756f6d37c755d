"""What the drivers that are built on libpq have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from toolkit_core.dialect import (
    URL,
    DBAPIConnection,
    DBAPICursor,
    Driver,
    ErrorFacts,
    ParamStyle,
    Pool,
    QueuePool,
    ServerFacts,
)
from toolkit_postgresql.address import connect_arguments
from toolkit_postgresql.errors import facts_of
from toolkit_postgresql.existing import (
    index_is_there,
    relations_there,
    sequence_is_there,
    type_is_there,
)

_ASK = (
    "SELECT pg_catalog.current_schema(), pg_catalog.current_setting('transaction_isolation'), "
    "pg_catalog.current_setting('standard_conforming_strings')"
)
_SET_TIMEOUT = (
    "SELECT pg_catalog.current_setting('statement_timeout'), "
    "pg_catalog.set_config('statement_timeout', %s, %s)"
)
# What is said of a connection that is lost when there is no SQLSTATE, since no server said it.
_LOST = (
    "connection already closed",
    "connection has been closed",
    "connection is closed",
    "connection is lost",
    "connection not open",
    "connection timed out",
    "could not receive data from server",
    "could not send data to server",
    "server closed the connection",
    "SSL error: unexpected eof",
    "the connection is closed",
    "the connection is lost",
    "terminating connection",
)
# What psycopg calls the status of a connection without a transaction, and of a failed one.
IDLE = 0
IN_ERROR = 3


class LibpqDriver(Driver):
    """Glue to a driver whose connections are libpq's.

    What a column holds arrives as the driver gives it, with or without a type of toolkit:
    numbers as int, float and Decimal, times as the classes of ``datetime``, uuid as
    ``uuid.UUID``, json and jsonb read (by the engine's ``json_deserializer`` if there is one),
    arrays as lists.  Bytes are ``memoryview`` in psycopg2; inet is text there, and an object
    of ``ipaddress`` in psycopg.  What is sent is text for json, and otherwise the same classes.
    """

    # Whether executemany waits for the server after each row.
    batches_inserts: ClassVar[bool] = False
    # Whether many rows are changed sooner by one statement that goes by them.
    batches_changes: ClassVar[bool] = True
    paramstyle = ParamStyle.PYFORMAT
    other_paramstyles: ClassVar[tuple[ParamStyle, ...]] = (ParamStyle.FORMAT,)
    # What tells the server the types of parameters.
    casts_path: ClassVar[str] = "toolkit_postgresql.compiler:around_written"
    isolation_levels = (
        "AUTOCOMMIT",
        "READ COMMITTED",
        "READ UNCOMMITTED",
        "REPEATABLE READ",
        "SERIALIZABLE",
    )
    engine_options: ClassVar[Mapping[str, Any]] = {
        "client_encoding": None,
        "json_deserializer": None,
        # Whether inet and cidr are read as objects of ``ipaddress``; None is the driver's habit.
        "native_inet_types": None,
    }
    connection_options = ("postgresql_readonly", "postgresql_deferrable")

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return libpq's keywords."""
        return connect_arguments(url)

    def pool_class(self, url: URL) -> type[Pool]:
        """Many connections."""
        return QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Return version, schema and settings."""
        cursor = connection.cursor()
        try:
            cursor.execute(_ASK)
            schema, isolation, conforming = cursor.fetchone()
        finally:
            cursor.close()
            connection.rollback()
        number: int = connection.info.server_version  # type: ignore[attr-defined]
        return ServerFacts(
            version=version(number),
            default_schema=schema,
            default_isolation=isolation.upper(),
            settings={"standard_conforming_strings": conforming},
        )

    def status(self, connection: Any) -> int:
        """Return the status of the transaction: 0 none, 1 busy, 2 open, 3 failed, 4 unknown."""
        return int(connection.info.transaction_status)

    # -- transactions -------------------------------------------------------------------

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Ask the server, and leave no transaction behind that was not there."""
        was_idle = self.status(connection) == IDLE
        cursor = connection.cursor()
        try:
            cursor.execute("SHOW TRANSACTION ISOLATION LEVEL")
            level: str = cursor.fetchone()[0].upper()
        finally:
            cursor.close()
            if was_idle:
                connection.rollback()
        return level

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether each statement is its own transaction."""
        on: bool = connection.autocommit  # type: ignore[attr-defined]
        return on

    def ping(self, connection: DBAPIConnection) -> bool:
        """Ask for a sign of life, outside of a transaction: what follows may want its own."""
        autocommits: bool = connection.autocommit  # type: ignore[attr-defined]
        if not autocommits:
            connection.autocommit = True  # type: ignore[attr-defined]
        cursor = connection.cursor()
        try:
            self.send_plainly(cursor, "SELECT 1")
        finally:
            cursor.close()
            if not autocommits and not connection.closed:  # type: ignore[attr-defined]
                connection.autocommit = False  # type: ignore[attr-defined]
        return True

    def send_plainly(self, cursor: DBAPICursor, sql: str) -> None:
        """Send what a pooler between here and the server can hand to any of its sessions."""
        cursor.execute(sql)

    # -- two phases ---------------------------------------------------------------------

    def begin_twophase(self, connection: Any, xid: Any) -> None:
        """Begin a transaction under an identifier."""
        connection.tpc_begin(xid)

    def prepare_twophase(self, connection: Any, xid: Any) -> None:
        """PREPARE TRANSACTION."""
        connection.tpc_prepare()

    def commit_twophase(self, connection: Any, xid: Any, prepared: bool) -> None:
        """Commit what this connection has begun, or what another has left prepared."""
        connection.tpc_commit(*self._of_another(connection, xid, prepared))

    def rollback_twophase(self, connection: Any, xid: Any, prepared: bool) -> None:
        """Roll back what this connection has begun, or what another has left prepared."""
        connection.tpc_rollback(*self._of_another(connection, xid, prepared))

    def _of_another(self, connection: Any, xid: Any, prepared: bool) -> tuple[Any, ...]:
        return () if not prepared or self.is_in_twophase(connection) else (xid,)

    def is_in_twophase(self, connection: Any) -> bool:
        """Tell whether the connection has a two-phase transaction of its own."""
        raise NotImplementedError

    def recover_twophase(self, connection: Any) -> list[Any]:
        """Return the identifiers of the transactions that are prepared in this database."""
        found = connection.tpc_recover()
        return [xid.gtrid if xid.format_id is None else str(xid) for xid in found]

    # -- statements ---------------------------------------------------------------------

    def last_inserted_id(self, cursor: Any) -> Any:
        """Return None: keys come by RETURNING; what drivers call lastrowid is an OID."""
        return None

    # -- what is there ------------------------------------------------------------------

    def has_tables(
        self, connection: DBAPIConnection, names: Sequence[str], schema: str | None
    ) -> set[str]:
        """Return those of many names that tables or views have, with one query."""
        return relations_there(connection, names, schema)

    def has_index(
        self, connection: DBAPIConnection, table: str, name: str, schema: str | None
    ) -> bool:
        """Tell whether a table has an index of that name."""
        return index_is_there(connection, table, name, schema)

    def has_sequence(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a sequence of that name."""
        return sequence_is_there(connection, name, schema)

    def has_type(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a type of that name."""
        return type_is_there(connection, name, schema)

    # -- stopping -----------------------------------------------------------------------

    def cancel(self, connection: DBAPIConnection) -> None:
        """Ask the server, by a connection of libpq's own, to stop the statement."""
        connection.cancel()  # type: ignore[attr-defined]

    @contextmanager
    def time_limit(self, connection: DBAPIConnection, seconds: float, sql: str) -> Iterator[None]:
        """Set ``statement_timeout`` for a while, and then what it was before.

        https://www.postgresql.org/docs/current/runtime-config-client.html
        """
        # Zero would mean that there is no limit.
        wanted = str(max(1, round(seconds * 1000)))
        # In a transaction it is forgotten with it, whatever happens.
        local = not self.detect_autocommit(connection)
        before = _timeout_set(connection, wanted, local=local)
        try:
            yield
        except BaseException:
            if self._can_send(connection):
                _timeout_set(connection, before, local=local)
            raise
        _timeout_set(connection, before, local=local)

    def _can_send(self, connection: Any) -> bool:
        return not connection.closed and self.status(connection) < IN_ERROR

    # -- errors -------------------------------------------------------------------------

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means: by its SQLSTATE, or else by what libpq says."""
        message = str(error)
        facts = facts_of(self.sqlstate(error), getattr(error, "diag", None), message)
        if facts.disconnect:
            return facts
        lost = connection is not None and bool(connection.closed)  # type: ignore[attr-defined]
        if lost or any(words in message for words in _LOST):
            return facts.but(disconnect=True)
        return facts

    def sqlstate(self, error: BaseException) -> str | None:
        """Return the code of an error, which is None where the server has not sent it."""
        code: str | None = getattr(error, "sqlstate", None)
        return code


def _timeout_set(connection: DBAPIConnection, value: str, *, local: bool) -> str:
    cursor = connection.cursor()
    try:
        cursor.execute(_SET_TIMEOUT, (value, local))
        before: str = cursor.fetchone()[0]
        return before
    finally:
        cursor.close()


def version(number: int) -> tuple[int, ...]:
    """Read the number that libpq tells.

    >>> version(180006), version(90624)
    ((18, 6), (9, 6, 24))
    """
    major, rest = divmod(number, 10000)
    if major >= 10:
        return major, rest
    return major, *divmod(rest, 100)
