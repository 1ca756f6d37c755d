"""What the drivers that speak MySQL's protocol have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from toolkit_core.dialect import (
    URL,
    DBAPIConnection,
    Driver,
    ErrorFacts,
    InvalidRequestError,
    Pool,
    QueuePool,
    ServerFacts,
)
from toolkit_mysql.address import connect_arguments
from toolkit_mysql.drivers.deadline import deadline
from toolkit_mysql.drivers.streaming import give_up_rest, is_streaming, keep_rest
from toolkit_mysql.errors import classify
from toolkit_mysql.existing import (
    columns_of_index,
    index_is_there,
    sequence_is_there,
    tables_there,
)

# CLIENT.FOUND_ROWS: an UPDATE counts the rows it has found, as other databases do, and not only
# those that it has changed.  https://dev.mysql.com/doc/c-api/9.0/en/mysql-affected-rows.html
FOUND_ROWS = 2

_ASK = "SELECT VERSION(), DATABASE(), @@sql_mode, @@lower_case_table_names"
_SELECT = re.compile(r"\s*\(*\s*select\b", re.IGNORECASE)


class ProtocolDriver(Driver):
    """Glue to a driver of MySQL and MariaDB.

    What a column holds arrives as the driver gives it: numbers as int, float and Decimal, DATE
    and DATETIME as the classes of ``datetime``, TIME as ``timedelta``, JSON and ENUM as text,
    BIT and what is binary as bytes, BOOLEAN as int.  What is sent is the same.
    """

    isolation_levels = (
        "SERIALIZABLE",
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "AUTOCOMMIT",
    )
    # What ``connect`` calls the parts of a URL.
    argument_names: ClassVar[Mapping[str, str]] = {"username": "user"}

    def __init__(self, module: Any = None, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(module, options)
        # The number of each connection, and what it was opened with: whoever stops its
        # statement opens another, and cannot ask this one while it is busy.
        self._opened: WeakKeyDictionary[Any, tuple[int, Sequence[Any], Mapping[str, Any]]] = (
            WeakKeyDictionary()
        )
        # The two-phase transaction of each connection that has one.
        self._begun: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        # MariaDB has the standard's name since 11.1.
        self._isolation_name = "transaction_isolation"
        self._is_mariadb = False

    # -- connecting ---------------------------------------------------------------------

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return what is in the URL, and that rows are to be counted when they are found."""
        given = connect_arguments(url, self.argument_names)
        given["client_flag"] = given.get("client_flag", 0) | FOUND_ROWS
        return [], given

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        """Open a connection, and remember how."""
        connection = super().connect(args, kwargs)
        number: int = connection.thread_id()  # type: ignore[attr-defined]
        self._opened[connection] = (number, args, kwargs)
        return connection

    def pool_class(self, url: URL) -> type[Pool]:
        """Many connections."""
        return QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Return make, version, database and settings."""
        told, database, mode, lower = self._row(connection, _ASK)
        number = version(told)
        self._is_mariadb = "mariadb" in told.lower()
        if self._is_mariadb and number < (11, 1):
            self._isolation_name = "tx_isolation"
        isolation = self.get_isolation(connection)
        connection.rollback()
        return ServerFacts(
            version=number,
            default_schema=database,
            default_isolation=isolation,
            product="MariaDB" if self._is_mariadb else "MySQL",
            settings={"sql_mode": mode, "lower_case_table_names": str(lower)},
        )

    # -- transactions -------------------------------------------------------------------

    def commit(self, connection: DBAPIConnection) -> None:
        """Commit; the rows that are still on their way wait here."""
        keep_rest(connection)
        connection.commit()

    def rollback(self, connection: DBAPIConnection) -> None:
        """Roll back, when the rows that are still on their way have been taken off it."""
        give_up_rest(connection)
        connection.rollback()

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Ask the server."""
        (level,) = self._row(connection, f"SELECT @@{self._isolation_name}")
        return str(level).upper().replace("-", " ")

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Set the level of the session, and whether each statement is its own transaction."""
        autocommit: Any = connection.autocommit  # type: ignore[attr-defined]
        keep_rest(connection)
        if level == "AUTOCOMMIT":
            autocommit(True)
            return
        autocommit(False)
        self._send(connection, f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")
        connection.commit()

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether each statement is its own transaction."""
        on: Any = connection.get_autocommit()  # type: ignore[attr-defined]
        return bool(on)

    # -- two phases: https://dev.mysql.com/doc/refman/9.0/en/xa.html -----------------------

    def begin_twophase(self, connection: DBAPIConnection, xid: Any) -> None:
        """XA START."""
        self._send(connection, "XA START %s", xid)
        self._begun[connection] = xid

    def prepare_twophase(self, connection: DBAPIConnection, xid: Any) -> None:
        """XA PREPARE, which wants an end before."""
        self._send(connection, "XA END %s", xid)
        self._send(connection, "XA PREPARE %s", xid)

    def commit_twophase(self, connection: DBAPIConnection, xid: Any, prepared: bool) -> None:
        """XA COMMIT; what was not prepared needs but one phase."""
        if not prepared:
            self._send(connection, "XA END %s", xid)
        self._end_twophase(connection, f"XA COMMIT %s{'' if prepared else ' ONE PHASE'}", xid)

    def rollback_twophase(self, connection: DBAPIConnection, xid: Any, prepared: bool) -> None:
        """XA ROLLBACK, which wants an end before unless it was prepared."""
        give_up_rest(connection)
        if not prepared:
            self._send(connection, "XA END %s", xid)
        self._end_twophase(connection, "XA ROLLBACK %s", xid)

    def _end_twophase(self, connection: Any, sql: str, xid: Any) -> None:
        if self._begun.pop(connection, None) == xid or self.detect_autocommit(connection):
            self._send(connection, sql, xid)
            return
        # It was left by another.  MariaDB takes whatever does not commit by itself for a
        # connection with work of its own: XAER_OUTSIDE.
        connection.autocommit(True)
        try:
            self._send(connection, sql, xid)
        finally:
            connection.autocommit(False)

    def recover_twophase(self, connection: DBAPIConnection) -> list[Any]:
        """Return the identifiers of all transactions that are prepared on the server."""
        cursor = connection.cursor()
        try:
            cursor.execute("XA RECOVER")
            return [_global_id(length, data) for _, length, _, data in cursor.fetchall()]
        finally:
            cursor.close()

    # -- statements ---------------------------------------------------------------------

    def last_inserted_id(self, cursor: Any) -> Any:
        """Return the number that AUTO_INCREMENT gave; it has given none if it is zero."""
        return cursor.lastrowid or None

    # -- what is there ------------------------------------------------------------------

    def has_tables(
        self, connection: DBAPIConnection, names: Sequence[str], schema: str | None
    ) -> set[str]:
        """Return those of many names that tables or views have, with one query."""
        return tables_there(connection, names, schema)

    def has_index(
        self, connection: DBAPIConnection, table: str, name: str, schema: str | None
    ) -> bool:
        """Tell whether a table has an index of that name."""
        return index_is_there(connection, table, name, schema)

    def has_sequence(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a sequence of that name, which MySQL has not."""
        return sequence_is_there(connection, name, schema)

    # -- stopping -----------------------------------------------------------------------

    def cancel(self, connection: DBAPIConnection) -> None:
        """KILL QUERY, sent on a connection of its own.

        https://dev.mysql.com/doc/refman/9.0/en/kill.html
        """
        opened = self._opened.get(connection)
        if opened is None:
            raise InvalidRequestError(
                "The statement can't be cancelled: the connection was opened by another",
                hint="engines that connect by their URL, and no creator, can",
            )
        number, args, kwargs = opened
        other = super().connect(args, kwargs)
        try:
            self._send(other, f"KILL QUERY {number}")
        finally:
            other.close()

    @contextmanager
    def time_limit(self, connection: DBAPIConnection, seconds: float, sql: str) -> Iterator[None]:
        """Have the server stop the statement, or where it only stops queries, stop it from here.

        https://dev.mysql.com/doc/refman/9.0/en/server-system-variables.html
        """
        if is_streaming(connection) or not (self._is_mariadb or _SELECT.match(sql)):
            with deadline(seconds, lambda: self.cancel(connection)):
                yield
            return
        # Zero would mean that there is no limit.
        if self._is_mariadb:
            name, value = "max_statement_time", f"{max(0.001, seconds):.6f}"
        else:
            name, value = "max_execution_time", str(max(1, round(seconds * 1000)))
        (before,) = self._row(connection, f"SELECT @@SESSION.{name}")
        self._send(connection, f"SET SESSION {name} = {value}")
        try:
            yield
        except self.module.Error as error:
            if not self.classify(error, None).disconnect:
                self._send(connection, f"SET SESSION {name} = {before}")
            raise
        self._send(connection, f"SET SESSION {name} = {before}")

    # -- errors -------------------------------------------------------------------------

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means."""
        if connection is None:
            return classify(error)
        return classify(error, lambda table, index: self._columns(connection, table, index))

    def _columns(self, connection: DBAPIConnection, table: str, index: str) -> tuple[str, ...]:
        try:
            return columns_of_index(connection, table, index)
        except Exception:  # noqa: BLE001 - it is but a better description of another error
            return ()

    # -- inside -------------------------------------------------------------------------

    def _send(self, connection: DBAPIConnection, sql: str, *values: Any) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute(sql, values or None)
        finally:
            cursor.close()

    def _row(self, connection: DBAPIConnection, sql: str) -> Any:
        cursor = connection.cursor()
        try:
            cursor.execute(sql)
            return cursor.fetchone()
        finally:
            cursor.close()


def _global_id(length: int, data: Any) -> str:
    """Return the first part of an identifier; the second is ours to leave empty."""
    text = data.decode() if isinstance(data, (bytes, bytearray)) else str(data)
    return text[:length]


def version(told: str) -> tuple[int, ...]:
    """Read the version that a server tells.

    Older MariaDB puts one before its own that old replicas understand.

    >>> version("5.5.5-10.6.12-MariaDB"), version("9.7.4-2")
    ((10, 6, 12), (9, 7, 4))
    """
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", told.removeprefix("5.5.5-"))
    return tuple([int(number) for number in found.groups()]) if found else ()
