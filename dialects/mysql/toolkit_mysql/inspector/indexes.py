"""Indexes, from the rows of the information schema.

https://dev.mysql.com/doc/refman/9.0/en/create-index.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.inspector import ReflectedIndex
from toolkit_mysql.inspector.columns import unescaped


def indexes_of(rows: list[Any], dialect: str) -> ReflectedIndex:
    """Return one index, from a row for each of its columns and expressions."""
    first = rows[0]
    names = [row.column_name for row in rows]
    found: ReflectedIndex = {
        "name": first.index_name,
        "column_names": names,
        "unique": not first.non_unique,
    }
    shown = names
    if None in names:
        shown = [
            f"({unescaped(row.expression)})" if row.column_name is None else row.column_name
            for row in rows
        ]
        found["expressions"] = shown
    falling: dict[Any, tuple[str, ...]] = {
        name: ("desc",) for name, row in zip(shown, rows, strict=True) if row.collation == "D"
    }
    if falling:
        found["column_sorting"] = falling
    options: dict[str, Any] = {}
    special = first.index_type in ("FULLTEXT", "SPATIAL")
    if special:
        options[f"{dialect}_prefix"] = first.index_type
    lengths = {row.column_name: int(row.sub_part) for row in rows if row.sub_part and not special}
    if lengths:
        options[f"{dialect}_length"] = lengths
    if options:
        found["dialect_options"] = options
    return found
