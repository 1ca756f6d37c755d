"""What is in a database: tables, views, indexes, and MariaDB's sequences.

https://dev.mysql.com/doc/refman/9.0/en/information-schema.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.dialect import DBAPIConnection

_TABLES = ("BASE TABLE", "VIEW", "SYSTEM VIEW", "SYSTEM VERSIONED")
_SCHEMA = "table_schema = COALESCE(%s, DATABASE())"


def tables_there(
    connection: DBAPIConnection,
    names: Sequence[str],
    schema: str | None,
    kinds: Sequence[str] = _TABLES,
) -> set[str]:
    """Return those of some names that tables of these kinds have.

    Where the server keeps names in lower case, a name is found whatever its case.
    """
    marks = ", ".join(["%s"] * len(names))
    kind_marks = ", ".join(["%s"] * len(kinds))
    rows = _rows(
        connection,
        "SELECT table_name, @@lower_case_table_names FROM information_schema.tables "
        f"WHERE {_SCHEMA} AND table_name IN ({marks}) AND table_type IN ({kind_marks})",
        (schema, *names, *kinds),
    )
    exact = {row[0] for row in rows}
    folded = {row[0].lower() for row in rows if row[1]}
    return {name for name in names if name in exact or name.lower() in folded}


def index_is_there(connection: DBAPIConnection, table: str, name: str, schema: str | None) -> bool:
    """Tell whether a table has an index of that name."""
    return bool(
        _rows(
            connection,
            "SELECT 1 FROM information_schema.statistics "
            f"WHERE {_SCHEMA} AND table_name = %s AND index_name = %s LIMIT 1",
            (schema, table, name),
        )
    )


def columns_of_index(connection: DBAPIConnection, table: str, index: str) -> tuple[str, ...]:
    """Return the columns of an index, in their order; expressions have no name."""
    rows = _rows(
        connection,
        "SELECT column_name FROM information_schema.statistics "
        f"WHERE {_SCHEMA} AND table_name = %s AND index_name = %s ORDER BY seq_in_index",
        (None, table, index),
    )
    return tuple([row[0] for row in rows if row[0] is not None])


def sequence_is_there(connection: DBAPIConnection, name: str, schema: str | None) -> bool:
    """Tell whether there is a sequence of that name."""
    return bool(tables_there(connection, (name,), schema, ("SEQUENCE",)))


def _rows(connection: DBAPIConnection, sql: str, values: tuple[Any, ...]) -> Sequence[Any]:
    cursor = connection.cursor()
    try:
        cursor.execute(sql, values)
        rows: Sequence[Any] = cursor.fetchall()
        return rows
    finally:
        cursor.close()
