"""What the drivers that are built on libpq have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from toolkit_core.dialect import (
    URL,
    DBAPIConnection,
    Driver,
    ErrorFacts,
    ParamStyle,
    Pool,
    QueuePool,
    ServerFacts,
)
from toolkit_postgresql.address import connect_arguments
from toolkit_postgresql.errors import classify
from toolkit_postgresql.existing import index_is_there, relations_there, sequence_is_there

_ASK = (
    "SELECT pg_catalog.current_schema(), pg_catalog.current_setting('transaction_isolation'), "
    "pg_catalog.current_setting('standard_conforming_strings')"
)


class LibpqDriver(Driver):
    """Glue to a driver whose connections are libpq's."""

    paramstyle = ParamStyle.PYFORMAT
    other_paramstyles: ClassVar = (ParamStyle.FORMAT,)
    isolation_levels = (
        "AUTOCOMMIT",
        "READ COMMITTED",
        "READ UNCOMMITTED",
        "REPEATABLE READ",
        "SERIALIZABLE",
    )

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

    def has_table(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a table or view of that name."""
        return bool(relations_there(connection, (name,), schema))

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

    def last_inserted_id(self, cursor: Any) -> Any:
        """Return None: keys come by RETURNING; what drivers call lastrowid is an OID."""
        return None

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means."""
        return classify(getattr(error, "sqlstate", None), getattr(error, "diag", None))


def version(number: int) -> tuple[int, ...]:
    """Read the number that libpq tells.

    >>> version(180006), version(90624)
    ((18, 6), (9, 6, 24))
    """
    major, rest = divmod(number, 10000)
    if major >= 10:
        return major, rest
    return major, *divmod(rest, 100)
