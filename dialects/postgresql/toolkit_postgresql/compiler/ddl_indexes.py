"""Indexes.  https://www.postgresql.org/docs/current/sql-createindex.html."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.ddl_indexes import index_name, table_of_index
from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.expression_nodes import (
    BinaryExpression,
    Collate,
    UnaryExpression,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import (
    Column,
    CreateIndex,
    DropIndex,
    Index,
    check_options,
    options_for,
)
from toolkit_postgresql.compiler.ddl import storage
from toolkit_postgresql.compiler.ddl_constraints import nulls_word, write_include
from toolkit_postgresql.compiler.table import postgresql

_ARGUMENTS: dict[str, Any] = {
    "using": False,
    "include": None,
    "where": None,
    "ops": {},
    "concurrently": False,
    "with": {},
    "tablespace": None,
    "nulls_not_distinct": None,
    "invalid": None,
}
for _name, _default in _ARGUMENTS.items():
    Index.argument_for("postgresql", _name, _default)


@postgresql(CreateIndex)
def write_index(w: Writer, create: CreateIndex) -> None:
    """Write CREATE INDEX."""
    index = create.element
    table = table_of_index(index)
    check_options(index, w.dialect)
    options = options_for(index, "postgresql")
    w.text("CREATE UNIQUE INDEX " if index.unique else "CREATE INDEX ")
    w.text("CONCURRENTLY " * bool(options.get("concurrently")))
    w.text("IF NOT EXISTS " * create.if_not_exists)
    w.name(index_name(w, index))
    w.text(" ON ")
    w.qualified(table.name, table.schema)
    if options.get("using"):
        w.text(f" USING {str(options['using']).lower()}")
    w.text(" (")
    for position, expression in enumerate(index.expressions):
        if position:
            w.text(", ")
        _write_part(w, expression, options.get("ops") or {})
    w.text(")")
    _write_rest(w, index, options)


def _write_part(w: Writer, expression: Any, ops: dict[Any, str]) -> None:
    """Write a column or an expression; one that is no call stands in parentheses."""
    inner = getattr(expression, "element", expression)
    needs = isinstance(expression, (BinaryExpression, Collate)) or (
        isinstance(expression, UnaryExpression) and not expression.operator.after
    )
    if isinstance(inner, (BinaryExpression, Collate)) and expression.visit_name == "label":
        needs = True
    w.text("(" * needs)
    write_inline(w, expression)
    w.text(")" * needs)
    name = getattr(expression, "key", None) or getattr(expression, "name", None)
    if name in ops:
        w.text(f" {ops[name]}")
    elif isinstance(expression, Column) and any(expression is one for one in ops):
        w.text(f" {ops[expression]}")


def _write_rest(w: Writer, index: Index, options: dict[str, Any]) -> None:
    write_include(w, options.get("include"), index.table)
    w.text(nulls_word(options.get("nulls_not_distinct")))
    if options.get("with"):
        w.text(f" {storage(options['with'])}")
    if options.get("tablespace"):
        w.text(" TABLESPACE ")
        w.name(options["tablespace"])
    if options.get("where") is not None:
        w.text(" WHERE ")
        write_inline(w, options["where"])


@postgresql(DropIndex)
def write_drop_index(w: Writer, drop: DropIndex) -> None:
    """Write DROP INDEX; an index is in the schema of its table."""
    index = drop.element
    table = table_of_index(index)
    w.text("\nDROP INDEX ")
    w.text("CONCURRENTLY " * bool(options_for(index, "postgresql").get("concurrently")))
    w.text("IF EXISTS " * drop.if_exists)
    w.qualified(index_name(w, index), table.schema)
