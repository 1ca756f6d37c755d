"""What is in a database: tables, views, indexes, sequences.

https://www.postgresql.org/docs/current/catalog-pg-class.html
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit_core.dialect import DBAPIConnection

# Tables, partitioned and foreign ones, views and materialised views.
_TABLES = ("r", "p", "f", "v", "m")
_INDEXES = ("i", "I")
_SEQUENCES = ("S",)


def relations_there(
    connection: DBAPIConnection,
    names: Sequence[str],
    schema: str | None,
    kinds: Sequence[str] = _TABLES,
) -> set[str]:
    """Return those of some names that relations of these kinds have.

    Without a schema, what is found on the search path, and temporary tables.
    """
    sql = (
        "SELECT c.relname FROM pg_catalog.pg_class AS c "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
        "WHERE c.relname = ANY (%s) AND c.relkind::text = ANY (%s) AND "
    )
    values: list[object] = [list(names), list(kinds)]
    if schema is None:
        sql += "pg_catalog.pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog'"
    else:
        sql += "n.nspname = %s"
        values.append(schema)
    cursor = connection.cursor()
    try:
        cursor.execute(sql, tuple(values))
        return {row[0] for row in cursor.fetchall()}
    finally:
        cursor.close()


def index_is_there(connection: DBAPIConnection, table: str, name: str, schema: str | None) -> bool:
    """Tell whether there is an index of that name, on that table."""
    sql = (
        "SELECT 1 FROM pg_catalog.pg_index AS x "
        "JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid "
        "JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace "
        "WHERE i.relname = %s AND t.relname = %s AND "
    )
    values = [name, table]
    if schema is None:
        sql += "pg_catalog.pg_table_is_visible(t.oid)"
    else:
        sql += "n.nspname = %s"
        values.append(schema)
    return _has_a_row(connection, sql, values)


def type_is_there(connection: DBAPIConnection, name: str, schema: str | None) -> bool:
    """Tell whether there is a type of that name."""
    sql = (
        "SELECT 1 FROM pg_catalog.pg_type AS t "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace "
        "WHERE t.typname = %s AND "
    )
    values = [name]
    if schema is None:
        sql += "pg_catalog.pg_type_is_visible(t.oid) AND n.nspname <> 'pg_catalog'"
    else:
        sql += "n.nspname = %s"
        values.append(schema)
    return _has_a_row(connection, sql, values)


def _has_a_row(connection: DBAPIConnection, sql: str, values: list[str]) -> bool:
    cursor = connection.cursor()
    try:
        cursor.execute(sql, tuple(values))
        return cursor.fetchone() is not None
    finally:
        cursor.close()


def sequence_is_there(connection: DBAPIConnection, name: str, schema: str | None) -> bool:
    """Tell whether there is a sequence of that name."""
    return bool(relations_there(connection, (name,), schema, _SEQUENCES))
