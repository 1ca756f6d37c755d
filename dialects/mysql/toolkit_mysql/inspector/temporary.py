"""Temporary tables: they are in no list, but SHOW tells of one whose name is known.

https://dev.mysql.com/doc/refman/9.0/en/show-columns.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class ShownColumn(NamedTuple):
    """A column, with the fields of the information schema."""

    table_name: str
    column_name: str
    column_type: str
    is_nullable: str
    column_default: str | None
    extra: str
    column_comment: str
    generation_expression: str | None = None
    character_set_name: str | None = None
    collation_name: str | None = None
    is_default: str | None = None


class ShownIndex(NamedTuple):
    """A column of an index, with the fields of the information schema."""

    table_name: str
    index_name: str
    non_unique: int
    column_name: str | None
    collation: str | None
    sub_part: int | None
    index_type: str
    expression: str | None = None


def columns_shown(rows: Sequence[Any], table: str) -> list[Any]:
    """Return what SHOW FULL COLUMNS says."""
    return [
        ShownColumn(table, row[0], row[1], row[3], row[5], row[6], row[8] or "") for row in rows
    ]


def indexes_shown(rows: Sequence[Any], table: str) -> list[Any]:
    """Return what SHOW INDEX says."""
    return [ShownIndex(table, row[2], row[1], row[4], row[5], row[7], row[10]) for row in rows]
