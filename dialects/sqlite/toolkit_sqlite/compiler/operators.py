"""SQLite's operators where they differ."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.expression_nodes import AsBoolean, BinaryExpression, operators
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_core.dialect.types import JSON
from toolkit_sqlite.compiler.table import sqlite

op = operators


@sqlite.operator(op.is_distinct_from, op.is_not_distinct_from)
def write_distinct(w: Writer, binary: BinaryExpression[Any]) -> None:
    """IS compares NULL like a value. https://sqlite.org/lang_expr.html#isdistinctfrom."""
    distinct = binary.operator is op.is_distinct_from
    w.operand(binary.left, op.COMPARING)
    w.text(" IS NOT " if distinct else " IS ")
    w.operand(binary.right, op.COMPARING)


@sqlite.operator(op.truediv)
def write_true_division(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Division of integers floors, so the divisor is made a number with a point."""
    w.operand(binary.left, op.MULTIPLIED)
    w.text(" / (")
    w.operand(binary.right, op.MULTIPLIED)
    w.text(" + 0.0)")


@sqlite.operator(op.bitwise_xor_op)
def write_xor(w: Writer, binary: BinaryExpression[Any]) -> None:
    """There is no XOR: what is in either, less what is in both."""
    w.text("(")
    for position, sign in enumerate((" | ", " & ")):
        if position:
            w.text(" - ")
        w.text("(")
        w.operand(binary.left, op.SUMMED)
        w.text(sign)
        w.operand(binary.right, op.SUMMED)
        w.text(")")
    w.text(")")


@sqlite.operator(op.json_getitem_op, op.json_path_getitem_op)
def write_json_index(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Functions look into JSON; what they find is quoted again, so that it is JSON.

    https://sqlite.org/json1.html#jex
    """
    as_json = isinstance(binary.type, JSON)
    w.text("JSON_QUOTE(JSON_EXTRACT(" if as_json else "CAST(JSON_EXTRACT(")
    w.write(binary.left)
    w.text(", ")
    w.write(binary.right)
    if as_json:
        w.text("))")
    else:
        w.text(") AS ")
        w.type(binary.type)
        w.text(")")


def refuse_index(w: Writer, _binary: BinaryExpression[Any]) -> None:
    """Refuse brackets: there are no arrays."""
    raise UnsupportedCompilationError(
        "The dialect 'sqlite' has no arrays to look into", hint="JSON has lists"
    )


sqlite.operator(op.getitem)(refuse_index)


@sqlite(AsBoolean)
def write_as_boolean(w: Writer, found: AsBoolean) -> None:
    """There is no type of truth: it is compared with 1 and 0."""
    negated = found.operator is op.is_false
    if found.element.operator is not None and found.element.is_condition:
        w.text("NOT " * negated)
        w.operand(found.element, op.EVERYTHING if negated else op.LISTED)
        return
    if found.element.visit_name in ("true", "false"):
        true = (found.element.visit_name == "true") is not negated
        w.text("1 = 1" if true else "0 = 1")
        return
    w.operand(found.element, op.COMPARING)
    w.text(" = 0" if negated else " = 1")
