"""Columns, from the rows of the information schema.

https://dev.mysql.com/doc/refman/9.0/en/information-schema-columns-table.html
"""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.dialect.inspector import ReflectedColumn
from toolkit_mysql.inspector.types import counts, type_named

_NOW = re.compile(r"(?:CURRENT_TIMESTAMP|NOW)(?:\(\d*\))?", re.IGNORECASE)
_LITERAL = re.compile(
    r"'.*'|[-+]?[\d.]+(?:e[-+]?\d+)?|b'[01]*'|x'[\da-f]*'|NULL|TRUE|FALSE",
    re.IGNORECASE | re.DOTALL,
)


def columns_of(
    rows: list[Any], charset: str | None, *, mariadb: bool, default: str | None
) -> list[ReflectedColumn]:
    """Return the columns of one table, whose character set and collation go without saying."""
    return [_column(row, charset, mariadb=mariadb, default=default) for row in rows]


def _column(
    row: Any, charset: str | None, *, mariadb: bool, default: str | None
) -> ReflectedColumn:
    own_charset, collation = _characters(row, charset, default, mariadb=mariadb)
    column: ReflectedColumn = {
        "name": row.column_name,
        "type": type_named(row.column_type, own_charset, collation, row.column_name),
        "nullable": row.is_nullable == "YES",
        "default": _default(row, mariadb=mariadb),
        "comment": row.column_comment or None,
    }
    if counts(row.column_type):
        column["autoincrement"] = "auto_increment" in row.extra.lower()
    expression = row.generation_expression
    if expression:
        column["computed"] = {
            "sqltext": expression if mariadb else unescaped(expression),
            "persisted": "VIRTUAL" not in row.extra.upper(),
        }
        column["default"] = None
    return column


def _characters(
    row: Any, charset: str | None, default: str | None, *, mariadb: bool
) -> tuple[str | None, str | None]:
    """Return character set and collation, as far as they must be said."""
    if row.collation_name is None:
        return None, None
    if charset is None:
        # A view's columns are what its tables' columns are.
        return None, None
    if row.character_set_name != charset:
        return row.character_set_name, row.collation_name
    expected = row.collation_name == default if mariadb else row.is_default == "Yes"
    return None, None if expected else row.collation_name


def _default(row: Any, *, mariadb: bool) -> str | None:
    given: str | None = row.column_default
    extra = row.extra
    if given is not None:
        given = _given(given, row.column_type, extra, mariadb=mariadb)
    changing = re.search(r"on update (\S+)", extra, re.IGNORECASE)
    if changing is None:
        return given
    return f"{given or 'NULL'} ON UPDATE {changing[1]}"


def _given(given: str, declared: str, extra: str, *, mariadb: bool) -> str | None:
    """Return a default as it stands in CREATE TABLE.

    MariaDB keeps SQL; MySQL keeps the value, and says where it is an expression instead.
    """
    if mariadb:
        if given == "NULL":
            return None
        plain = _LITERAL.fullmatch(given) or _NOW.fullmatch(given) or given.startswith("(")
        return given if plain else f"({given})"
    if "DEFAULT_GENERATED" in extra:
        given = unescaped(given)
        return given if _NOW.fullmatch(given) or given.startswith("(") else f"({given})"
    if declared.startswith("bit"):
        return given
    return "'{}'".format(given.replace("'", "''"))


def unescaped(sql: str) -> str:
    r"""Return an expression as it was written; MySQL keeps it as if within a string.

    >>> unescaped("concat(_utf8mb4\\'a\\')")
    "concat(_utf8mb4'a')"
    """
    return re.sub(r"\\(.)", r"\1", sql)
