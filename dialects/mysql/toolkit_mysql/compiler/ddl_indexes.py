"""Writing CREATE INDEX and DROP INDEX.

https://dev.mysql.com/doc/refman/9.0/en/create-index.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.compiler.ansi.ddl_indexes import index_name, table_of_index
from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.expression_nodes import ColumnElement, UnaryExpression, operators
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_core.dialect.schema import (
    Column,
    CreateIndex,
    DropIndex,
    Index,
    check_options,
    refused,
)
from toolkit_mysql.compiler.ddl_constraints import write_using
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.compiler.table_options import options_of

for _dialect in ("mysql", "mariadb"):
    for _argument in ("using", "length", "prefix", "with_parser"):
        Index.argument_for(_dialect, _argument, None)

op = operators


@mysql(CreateIndex)
def write_index(w: Writer, create: CreateIndex) -> None:
    """Write CREATE INDEX."""
    if create.if_not_exists:
        refused("MySQL", "inspect() tells what there is", "CREATE INDEX IF NOT EXISTS")(w, create)
    write_index_statement(w, create)


@mariadb(CreateIndex)
def write_mariadb_index(w: Writer, create: CreateIndex) -> None:
    """Write CREATE INDEX; MariaDB has no indexes of expressions."""
    for one in create.element.expressions:
        if isinstance(one, ColumnElement) and not isinstance(plain_column(one), Column):
            raise UnsupportedCompilationError(
                f"MariaDB has no indexes of expressions: {create.element.name!r}",
                hint="a column with Computed() can be indexed",
            )
    write_index_statement(w, create)


def write_index_statement(w: Writer, create: CreateIndex) -> None:
    """Write the statement with its options."""
    index = create.element
    table = table_of_index(index)
    check_options(index, w.dialect)
    options = options_of(index, w.dialect)
    w.text("CREATE ")
    if index.unique:
        w.text("UNIQUE ")
    if options.get("prefix"):
        w.text(f"{options['prefix']} ")
    w.text("INDEX ")
    if create.if_not_exists:
        w.text("IF NOT EXISTS ")
    w.name(index_name(w, index))
    w.text(" ON ")
    w.qualified(table.name, table.schema)
    w.text(" (")
    for position, expression in enumerate(index.expressions):
        if position:
            w.text(", ")
        _write_part(w, expression, options.get("length"))
    w.text(")")
    if options.get("with_parser"):
        w.text(f" WITH PARSER {options['with_parser']}")
    write_using(w, index)


def _write_part(w: Writer, expression: Any, lengths: Any) -> None:
    """Write a column with the length of its beginning that is indexed, or an expression."""
    inner = plain_column(expression)
    length = _length_of(inner, lengths)
    if not isinstance(inner, Column):
        # An expression stands in parentheses of its own; SQL text is as the user wrote it.
        element = isinstance(expression, ColumnElement) and not getattr(
            expression, "is_literal", False
        )
        w.text("(" * element)
        write_inline(w, inner if element else expression)
        w.text(")" * element)
    else:
        write_inline(w, inner)
        if length is not None:
            w.text(f"({length})")
    if expression is not inner and isinstance(expression, UnaryExpression):
        w.text(expression.operator.text)


def plain_column(expression: Any) -> Any:
    """Return what is ordered, of an expression with an order."""
    while isinstance(expression, UnaryExpression) and expression.operator in (
        op.asc_op,
        op.desc_op,
    ):
        expression = expression.element
    return expression


def _length_of(column: Any, lengths: Any) -> Any:
    if isinstance(lengths, Mapping):
        return lengths.get(getattr(column, "name", None))
    return lengths


@mysql(DropIndex)
def write_drop_index(w: Writer, drop: DropIndex) -> None:
    """Write DROP INDEX, which names the table."""
    if drop.if_exists:
        refused("MySQL", "inspect() tells what there is", "DROP INDEX IF EXISTS")(w, drop)
    write_drop_index_of(w, drop)


@mariadb(DropIndex)
def write_drop_index_of(w: Writer, drop: DropIndex) -> None:
    """Write DROP INDEX, which names the table."""
    index = drop.element
    table = table_of_index(index)
    w.text("\nDROP INDEX IF EXISTS " if drop.if_exists else "\nDROP INDEX ")
    w.name(index_name(w, index))
    w.text(" ON ")
    w.qualified(table.name, table.schema)
