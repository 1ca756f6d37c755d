"""Columns, from the rows of the catalogue.

https://www.postgresql.org/docs/current/catalog-pg-attribute.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.dialect.inspector import ReflectedColumn
from toolkit_postgresql.inspector.named_types import ReflectedDomain, ReflectedEnum
from toolkit_postgresql.inspector.types import TypeReader


def columns_of(
    rows: list[Any], enums: Mapping[str, ReflectedEnum], domains: Mapping[str, ReflectedDomain]
) -> list[ReflectedColumn]:
    """Return the columns of one table."""
    reader = TypeReader(enums, domains)
    return [_column(row, reader) for row in rows]


def _column(row: Any, reader: TypeReader) -> ReflectedColumn:
    default = row.default_sql
    domain = reader.domains.get(row.spelled)
    nullable = not row.attnotnull
    if domain is not None:
        if default is None:
            default = domain["default"]
        nullable = nullable and domain["nullable"]
    column: ReflectedColumn = {
        "name": row.attname,
        "type": reader.read(row.spelled, row.collation, row.attname),
        "nullable": nullable,
        "default": default,
        "autoincrement": bool(row.attidentity) or _counts(default),
        "comment": row.comment,
    }
    if row.attgenerated:
        column["default"] = None
        column["computed"] = {"sqltext": default, "persisted": row.attgenerated == "s"}
    if row.attidentity:
        identity: Any = {
            "always": row.attidentity == "a",
            "start": row.seqstart,
            "increment": row.seqincrement,
            "minvalue": row.seqmin,
            "maxvalue": row.seqmax,
            "cache": row.seqcache,
            "cycle": row.seqcycle,
        }
        column["identity"] = identity
    return column


def _counts(default: str | None) -> bool:
    return default is not None and default.startswith("nextval(")
