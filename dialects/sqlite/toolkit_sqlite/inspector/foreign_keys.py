"""Foreign keys: the pragma tells what they point to, the statement the rest.

https://sqlite.org/pragma.html#pragma_foreign_key_list
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.dialect.inspector import ReflectedForeignKeyConstraint
from toolkit_sqlite.inspector.create_table import Statement, Written


def foreign_keys_of(
    rows: list[Any], statement: Statement, keys: Mapping[str, list[str]], schema: str | None
) -> list[ReflectedForeignKeyConstraint]:
    """Return the foreign keys of a table, from the rows of the pragma.

    ``keys`` has the primary keys of the tables that are pointed to without naming a column.
    """
    by_id: dict[int, list[Any]] = {}
    for row in rows:
        by_id.setdefault(row[1], []).append(row)
    # The pragma counts from the last one that was written.
    written = [each for each in statement.constraints if each.kind == "FOREIGN"][::-1]
    found: list[ReflectedForeignKeyConstraint] = []
    for position, parts in by_id.items():
        columns = [part[3] for part in parts]
        other = parts[0][2]
        targets = [part[4] for part in parts]
        if targets[0] is None:
            # Of a table that is not there, nobody can know the key.
            targets = keys.get(other.lower(), columns)
        own = _same(written, position, columns)
        found.append(
            {
                "name": own.name,
                "constrained_columns": columns,
                "referred_schema": schema,
                "referred_table": other,
                "referred_columns": targets,
                "options": dict(own.options),
            }
        )
    return found


def _same(written: list[Written], position: int, columns: list[str]) -> Written:
    """Return how a foreign key was written, of which nothing is known if that is another."""
    if position < len(written):
        own = written[position]
        if [name.lower() for name in own.columns] == [name.lower() for name in columns]:
            return own
    return Written("FOREIGN")
