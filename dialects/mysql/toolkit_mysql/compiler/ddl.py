"""MySQL's CREATE TABLE and the like.

https://dev.mysql.com/doc/refman/9.0/en/create-table.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.ddl import (
    write_drop_view,
    write_table_name,
    write_table_parts,
    write_view_parts,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import (
    CreateTable,
    CreateView,
    DropColumnComment,
    DropConstraintComment,
    DropSchema,
    DropTableComment,
    DropView,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
    refused,
)
from toolkit_mysql.compiler.ddl_columns import sql_string, write_column_spec
from toolkit_mysql.compiler.table import mysql
from toolkit_mysql.compiler.table_options import table_options

mysql(SetConstraintComment, DropConstraintComment)(
    refused("MySQL", "comments are on tables and columns", "comments on constraints")
)


@mysql(CreateTable)
def write_table(w: Writer, create: CreateTable) -> None:
    """Add the options behind the parentheses."""
    write_table_parts(w, create, suffix=table_options(w, create.element))


@mysql(DropSchema)
def write_drop_schema(w: Writer, drop: DropSchema) -> None:
    """Write DROP SCHEMA, which drops all that is in it, asked for or not.

    https://dev.mysql.com/doc/refman/9.0/en/drop-database.html
    """
    w.text("DROP SCHEMA IF EXISTS " if drop.if_exists else "DROP SCHEMA ")
    w.name(drop.element)


# -- views --------------------------------------------------------------------------------


def check_view(w: Writer, view: Any) -> None:
    """Refuse views that keep rows, and those of one connection."""
    for asked, what in (
        (getattr(view, "materialized", False), "materialized views"),
        (getattr(view, "temporary", False), "temporary views"),
    ):
        if asked:
            refused("MySQL", "CREATE TABLE AS keeps rows, also in a temporary table", what)(w, view)


@mysql(CreateView)
def write_view(w: Writer, create: CreateView) -> None:
    """Write CREATE VIEW."""
    check_view(w, create)
    write_view_parts(w, create)


@mysql(DropView)
def write_view_drop(w: Writer, drop: DropView) -> None:
    """Write DROP VIEW."""
    check_view(w, drop)
    write_drop_view(w, drop)


# -- comments -----------------------------------------------------------------------------


@mysql(SetTableComment)
def write_set_table_comment(w: Writer, comment: SetTableComment) -> None:
    """Write ALTER TABLE … COMMENT."""
    _write_table_comment(w, comment, comment.element.comment or "")


@mysql(DropTableComment)
def write_drop_table_comment(w: Writer, comment: DropTableComment) -> None:
    """Write ALTER TABLE … COMMENT with nothing in it."""
    _write_table_comment(w, comment, "")


def _write_table_comment(w: Writer, comment: Any, text: str) -> None:
    w.text("ALTER TABLE ")
    write_table_name(w, comment.element)
    w.safe(f" COMMENT {sql_string(w, text)}")


@mysql(SetColumnComment, DropColumnComment)
def write_column_comment(w: Writer, comment: Any) -> None:
    """Write the whole column anew: a comment is a part of it.

    https://dev.mysql.com/doc/refman/9.0/en/alter-table.html
    """
    column = comment.element
    if column.table is None:
        refused("MySQL", "put the column into a Table", f"a comment for {column!r} in no table")(
            w, comment
        )
        return
    w.text("ALTER TABLE ")
    write_table_name(w, column.table)
    w.text(" CHANGE ")
    w.name(column.name)
    w.text(" ")
    write_column_spec(w, column, comment=isinstance(comment, SetColumnComment))
