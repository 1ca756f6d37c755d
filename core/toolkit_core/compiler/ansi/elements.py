"""Writing expressions."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Label,
    Null,
)
from toolkit_core.schema import Column


@ansi(Column)
def write_column(w: Writer, column: Column[Any]) -> None:
    """Write a column with the name of its table."""
    if column.table is not None and not w.bare:
        w.name(column.table.name)
        w.text(".")
    w.name(column.name)


@ansi(BindParameter)
def write_bind(w: Writer, bind: BindParameter[Any]) -> None:
    """Write a placeholder."""
    w.bind(bind)


@ansi(BinaryExpression)
def write_binary(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write two operands with their operator between them."""
    operator = binary.operator
    w.operand(binary.left, operator.strength, same=True)
    w.text(operator.text)
    w.operand(binary.right, operator.strength, same=operator.associative)


@ansi(BooleanClauseList)
def write_clause_list(w: Writer, clauses: BooleanClauseList) -> None:
    """Write conditions joined by AND or OR."""
    for position, clause in enumerate(clauses.clauses):
        if position:
            w.text(clauses.operator.text)
        w.operand(clause, clauses.operator.strength)


@ansi(Label)
def write_label(w: Writer, label: Label[Any]) -> None:
    """Write what a label stands for; the name is written where columns are listed."""
    w.write(label.element)


@ansi(Null)
def write_null(w: Writer, null: Null) -> None:
    """Write NULL."""
    w.text("NULL")
