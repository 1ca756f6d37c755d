"""MySQL's operators where they differ.

https://dev.mysql.com/doc/refman/9.0/en/non-typed-operators.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.expression_nodes import (
    AsBoolean,
    BinaryExpression,
    ColumnElement,
    operators,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_core.dialect.types import Float, Integer
from toolkit_mysql.compiler.table import mysql

op = operators


@mysql.operator(op.is_distinct_from, op.is_not_distinct_from)
def write_distinct(w: Writer, binary: BinaryExpression[Any]) -> None:
    """``<=>`` compares NULL like a value.

    https://dev.mysql.com/doc/refman/9.0/en/comparison-operators.html#operator_equal-to
    """
    distinct = binary.operator is op.is_distinct_from
    w.text("NOT (" * distinct)
    w.operand(binary.left, op.COMPARING)
    w.text(" <=> ")
    w.operand(binary.right, op.COMPARING)
    w.text(")" * distinct)


@mysql.operator(op.truediv)
def write_true_division(w: Writer, binary: BinaryExpression[Any]) -> None:
    """A division never floors here."""
    w.operand(binary.left, op.MULTIPLIED)
    w.text(" / ")
    w.operand(binary.right, op.MULTIPLIED)


@mysql.operator(op.floordiv)
def write_floor_division(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Floor a division that has digits enough: DIV cuts towards zero.

    A quotient has four digits more than its dividend, and is rounded to them, so that
    ``FLOOR(9999999 / 10000000)`` is 1.
    https://dev.mysql.com/doc/refman/9.0/en/arithmetic-functions.html#operator_divide
    """
    exact = not any(isinstance(one.type, Float) for one in (binary.left, binary.right))
    whole = isinstance(binary.type, Integer)
    w.text("CAST(FLOOR(" if whole else "FLOOR(")
    if exact:
        w.text("CAST(")
        w.operand(binary.left, op.LISTED)
        w.text(" AS DECIMAL(65, 30))")
    else:
        w.operand(binary.left, op.MULTIPLIED)
    w.text(" / ")
    w.operand(binary.right, op.MULTIPLIED)
    w.text(") AS SIGNED)" if whole else ")")


@mysql.operator(op.concat_op)
def write_concat(w: Writer, binary: BinaryExpression[Any]) -> None:
    """``||`` is OR here, but for a mode of the server's, so that a function joins texts.

    https://dev.mysql.com/doc/refman/9.0/en/sql-mode.html#sqlmode_pipes_as_concat
    """
    w.text("concat(")
    w.operands(_joined(binary), op.LISTED)
    w.text(")")


def _joined(binary: BinaryExpression[Any]) -> list[Any]:
    parts: list[Any] = []
    for side in (binary.left, binary.right):
        if isinstance(side, BinaryExpression) and side.operator is op.concat_op:
            parts += _joined(side)
        else:
            parts.append(side)
    return parts


def refuse_index(w: Writer, _binary: BinaryExpression[Any]) -> None:
    """Refuse brackets: there are no arrays."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no arrays to look into", hint="JSON has lists"
    )


mysql.operator(op.getitem)(refuse_index)


@mysql(AsBoolean)
def write_as_boolean(w: Writer, found: AsBoolean) -> None:
    """There is no type of truth: it is compared with 1 and 0."""
    negated = found.operator is op.is_false
    element: ColumnElement[Any] = found.element
    if element.operator is not None and element.is_condition:
        w.text("NOT " * negated)
        w.operand(element, op.EVERYTHING if negated else op.LISTED)
        return
    w.operand(element, op.COMPARING)
    w.text(" = 0" if negated else " = 1")
