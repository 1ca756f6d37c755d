"""Writing a column as it stands in CREATE TABLE."""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.compiler.ansi.ddl_columns import (
    write_column_constraints,
    write_column_start,
    write_default_value,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_core.dialect.schema import Column, CreateColumn, DefaultClause
from toolkit_core.dialect.types import DateTime, TypeDecorator, quoted
from toolkit_mysql.compiler.table import mariadb, mysql


def sql_string(w: Writer, text: str) -> str:
    """Return a string as SQL."""
    return quoted(text, w.style)


@mysql(CreateColumn)
def write_column(w: Writer, create: CreateColumn) -> None:
    """Write the column, unless it is the system's."""
    if create.element.system:
        return
    write_column_spec(w, create.element)
    write_column_constraints(w, create.element)


@mariadb(CreateColumn)
def write_mariadb_column(w: Writer, create: CreateColumn) -> None:
    """Write the column; one that is computed cannot be NOT NULL.

    https://mariadb.com/docs/server/reference/sql-statements/data-definition/create/generated-columns
    """
    column = create.element
    if column.computed is not None and not column.nullable:
        raise CompileError(
            f"MariaDB has no NOT NULL for computed columns: {column.name!r}",
            hint="leave nullable out, or add a CheckConstraint",
        )
    write_column(w, create)


def write_column_spec(w: Writer, column: Column[Any], *, comment: bool = True) -> None:
    """Write name, type, expression, NULL, comment, default and AUTO_INCREMENT."""
    write_column_start(w, column)
    if column.computed is not None:
        w.text(" ")
        w.write(column.computed)
    if not column.nullable:
        w.text(" NOT NULL")
    elif is_timestamp(w, column):
        # Else it would be NOT NULL, by a setting of older servers.
        # https://dev.mysql.com/doc/refman/9.0/en/timestamp-initialization.html
        w.text(" NULL")
    if comment and column.comment is not None:
        w.safe(f" COMMENT {sql_string(w, column.comment)}")
    if counts_up(w, column):
        w.text(" AUTO_INCREMENT")
    elif isinstance(column.server_default, DefaultClause):
        w.text(" DEFAULT ")
        write_default(w, column)


def is_timestamp(w: Writer, column: Column[Any]) -> bool:
    """Tell whether a column is a TIMESTAMP."""
    here = column.type.dialect_impl(w.dialect)
    while hasattr(here, "type_engine"):
        here = here.type_engine(w.dialect)
    return here.visit_name == "TIMESTAMP"


def counts_up(w: Writer, column: Column[Any]) -> bool:
    """Tell whether the server numbers a column: the table's one such, without a default.

    Where there are no sequences, one that is a column's default asks for that, too.
    """
    if column.server_default is not None and column.identity is None:
        return False
    table = column.table
    if table is None:
        return False
    if table.autoincrement_column is column:
        return True
    if w.dialect.capabilities.sequences or not getattr(column.default, "is_sequence", False):
        return False
    return column.primary_key and len(table.primary_key.columns) == 1


# -- defaults -----------------------------------------------------------------------------

_NOW = r"(?:current_timestamp|now|localtime|localtimestamp)(?:\s*\(\s*\d*\s*\))?"
_BARE = re.compile(
    rf"""
    (?: '(?:[^'\\]|''|\\.)*' | [-+]?[\d.]+(?:e[-+]?\d+)? | null | true | false | b'[01]*'
      | x'[0-9a-f]*' | \(.*\) | {_NOW} (?: \s+ on \s+ update \s+ {_NOW} )? )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def write_default(w: Writer, column: Column[Any]) -> None:
    """Write a default; an expression needs parentheses, a literal and the time none.

    https://dev.mysql.com/doc/refman/9.0/en/data-type-defaults.html
    """
    default: Any = column.server_default
    if isinstance(default.arg, str):
        w.safe(sql_string(w, default.arg))
        return
    start = len(w.out)
    write_default_value(w, default)
    written = "".join(w.out[start:])
    # The time by a function is for what has it in full; other types take it as an expression.
    timely = isinstance(column.type.dialect_impl(w.dialect), (DateTime, TypeDecorator))
    if not is_bare(written) or (not timely and default.arg.visit_name == "function"):
        w.out[start:] = [f"({written})"]


def is_bare(sql: str) -> bool:
    """Tell whether a default needs no parentheses.

    >>> is_bare("now(6)"), is_bare("1 + 1"), is_bare("(1 + 1)"), is_bare("(1) + (1)")
    (True, False, True, False)
    >>> is_bare("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")
    True
    """
    sql = sql.strip()
    return _BARE.fullmatch(sql) is not None and (not sql.startswith("(") or _one_pair(sql))


def _one_pair(sql: str) -> bool:
    depth = 0
    for place, sign in enumerate(sql):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place == len(sql) - 1
    return False
