"""What is in a database: tables, views, indexes.

https://sqlite.org/schematab.html
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit_core.dialect import DBAPIConnection


def tables_there(connection: DBAPIConnection, names: Sequence[str], schema: str | None) -> set[str]:
    """Return those of some names that tables or views have, whatever their case."""
    there = _names(connection, schema, "type IN ('table', 'view')")
    return {name for name in names if _folded(name) in there}


def index_is_there(connection: DBAPIConnection, table: str, name: str, schema: str | None) -> bool:
    """Tell whether a table has an index of that name."""
    there = _names(connection, schema, "type = 'index' AND lower(tbl_name) = ?", (_folded(table),))
    return _folded(name) in there


def _names(
    connection: DBAPIConnection, schema: str | None, condition: str, values: tuple[str, ...] = ()
) -> set[str]:
    if schema is None:
        # A temporary table hides one of the same name.
        sources = ["main.sqlite_master", "sqlite_temp_master"]
    else:
        sources = ['"{}".sqlite_master'.format(schema.replace('"', '""'))]
    sql = " UNION ALL ".join(f"SELECT name FROM {one} WHERE {condition}" for one in sources)
    cursor = connection.cursor()
    try:
        cursor.execute(sql, values * len(sources))
        return {_folded(row[0]) for row in cursor.fetchall()}
    finally:
        cursor.close()


def _folded(name: str) -> str:
    """Return a name as SQLite compares it: only ASCII letters have a case."""
    return "".join([one.lower() if one.isascii() else one for one in name])
