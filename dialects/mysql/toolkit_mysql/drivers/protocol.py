"""What the drivers that speak MySQL's protocol have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from toolkit_core.dialect import (
    URL,
    DBAPIConnection,
    Driver,
    ErrorFacts,
    Pool,
    QueuePool,
    ServerFacts,
)
from toolkit_mysql.address import connect_arguments
from toolkit_mysql.errors import classify
from toolkit_mysql.existing import index_is_there, sequence_is_there, tables_there

# CLIENT.FOUND_ROWS: an UPDATE counts the rows it has found, as other databases do, and not only
# those that it has changed.  https://dev.mysql.com/doc/c-api/9.0/en/mysql-affected-rows.html
FOUND_ROWS = 2

_ASK = "SELECT VERSION(), DATABASE(), @@sql_mode, @@lower_case_table_names, @@transaction_isolation"


class ProtocolDriver(Driver):
    """Glue to a driver of MySQL and MariaDB."""

    isolation_levels = (
        "SERIALIZABLE",
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "AUTOCOMMIT",
    )
    # What ``connect`` calls the parts of a URL.
    argument_names: ClassVar[Mapping[str, str]] = {"username": "user"}

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return what is in the URL, and that rows are to be counted when they are found."""
        given = connect_arguments(url, self.argument_names)
        given["client_flag"] = given.get("client_flag", 0) | FOUND_ROWS
        return [], given

    def pool_class(self, url: URL) -> type[Pool]:
        """Many connections."""
        return QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Return make, version, database and settings."""
        cursor = connection.cursor()
        try:
            try:
                cursor.execute(_ASK)
            except self.module.Error:
                # MariaDB before 11.1 has only the older name.
                cursor.execute(_ASK.replace("@@transaction_isolation", "@@tx_isolation"))
            told, database, mode, lower, isolation = cursor.fetchone()
        finally:
            cursor.close()
            connection.rollback()
        return ServerFacts(
            version=version(told),
            default_schema=database,
            default_isolation=isolation.upper().replace("-", " "),
            product="MariaDB" if "mariadb" in told.lower() else "MySQL",
            settings={"sql_mode": mode, "lower_case_table_names": str(lower)},
        )

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Ask the server."""
        cursor = connection.cursor()
        try:
            try:
                cursor.execute("SELECT @@transaction_isolation")
            except self.module.Error:
                cursor.execute("SELECT @@tx_isolation")
            level: str = cursor.fetchone()[0]
            return level.upper().replace("-", " ")
        finally:
            cursor.close()

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Set the level of the session, and whether each statement is its own transaction."""
        autocommit: Any = connection.autocommit  # type: ignore[attr-defined]
        if level == "AUTOCOMMIT":
            autocommit(True)
            return
        autocommit(False)
        cursor = connection.cursor()
        cursor.execute(f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")
        cursor.execute("COMMIT")
        cursor.close()

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether each statement is its own transaction."""
        on: Any = connection.get_autocommit()  # type: ignore[attr-defined]
        return bool(on)

    def has_table(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a table or view of that name."""
        return bool(tables_there(connection, (name,), schema))

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

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means."""
        return classify(error)


def version(told: str) -> tuple[int, ...]:
    """Read the version that a server tells.

    Older MariaDB puts one before its own that old replicas understand.

    >>> version("5.5.5-10.6.12-MariaDB"), version("9.7.4-2")
    ((10, 6, 12), (9, 7, 4))
    """
    found = re.search(r"(\d+)\.(\d+)\.(\d+)(?!\.\d)", told.removeprefix("5.5.5-"))
    return tuple(int(number) for number in found.groups()) if found else ()
