"""PostgreSQL's operators where they differ.

https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.operators import write_index as write_brackets
from toolkit_core.compiler.expression_nodes import (
    BinaryExpression,
    ColumnClause,
    ColumnElement,
    Slice,
    operators,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import Column
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.types import HSTORE, JSONB
from toolkit_postgresql.types.array_expression import ArrayOf

op = operators

# Since version 14: https://www.postgresql.org/docs/14/release-14.html
_SUBSCRIPTS = (14,)
_JSON_STEPS = (op.json_getitem_op, op.json_path_getitem_op)


@postgresql.operator(op.Operator)
def write_infix(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write two operands with their operator; a step into JSON binds less than arithmetic."""
    operator = binary.operator
    write_operand(w, binary.left, operator)
    w.safe(operator.text)
    write_operand(w, binary.right, operator)


def write_operand(w: Writer, operand: Any, operator: op.Operator) -> None:
    """Write an operand, in parentheses if it is, or is written as, something weaker."""
    if is_arrow(w, operand):
        w.operand(operand, op.EVERYTHING)
        return
    same = operator.associative and operand.operator is operator
    w.operand(operand, operator.strength, same=same)


def is_arrow(w: Writer, operand: Any) -> bool:
    """Tell whether an expression is written with an arrow between its operands."""
    if not isinstance(operand, BinaryExpression) or operand.operator not in _JSON_STEPS:
        return False
    return not _as_type(operand) and not _as_subscript(w, operand)


def _as_type(binary: BinaryExpression[Any]) -> bool:
    return any(name == "as" for name, _ in binary.modifiers)


def _as_text(binary: BinaryExpression[Any]) -> bool:
    return bool(binary.modifiers)


def _as_subscript(w: Writer, binary: BinaryExpression[Any]) -> bool:
    """Tell whether a step is written in brackets, which an index may serve."""
    plain = binary.operator is op.json_getitem_op and not binary.modifiers
    return plain and isinstance(binary.left.type, JSONB) and has_subscripts(w)


def has_subscripts(w: Writer) -> bool:
    """Tell whether brackets are for more than arrays; of a server that nobody asked, yes."""
    server = getattr(w.dialect, "server", None)
    version = None if server is None else server.version
    return version is None or tuple(version) >= _SUBSCRIPTS


@postgresql.operator(*_JSON_STEPS)
def write_json_step(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write a step into JSON, a path, or what is found there as text or of another type.

    https://www.postgresql.org/docs/current/functions-json.html
    """
    if _as_subscript(w, binary):
        write_brackets(w, binary)
        return
    cast = _as_type(binary)
    if cast:
        w.text("CAST(")
    arrow = "->" if binary.operator is op.json_getitem_op else "#>"
    left = binary.left
    # Arrows are read from the left.
    w.operand(left, op.json_getitem_op.strength, same=True)
    w.text(f" {arrow}{'>' * _as_text(binary)} ")
    write_operand(w, binary.right, op.json_getitem_op)
    if cast:
        w.text(" AS ")
        w.type(binary.type)
        w.text(")")


@postgresql.operator(op.getitem)
def write_index(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write brackets; what is no column needs parentheses before them."""
    left = binary.left
    if isinstance(left.type, HSTORE) and not has_subscripts(w):
        w.operand(left, op.json_getitem_op.strength, same=True)
        w.text(" -> ")
        write_operand(w, binary.right, op.json_getitem_op)
        return
    if _is_name(left) or getattr(left, "operator", None) is op.getitem:
        w.write(left)
    else:
        w.text("(")
        w.write(left)
        w.text(")")
    w.text("[")
    w.write(binary.right)
    w.text("]")


def _is_name(left: ColumnElement[Any]) -> bool:
    return isinstance(left, (Column, ColumnClause)) or left.visit_name in (
        "source_column",
        "column",
    )


@postgresql(Slice)
def write_slice(w: Writer, found: Slice) -> None:
    """Write the bounds of a part of an array."""
    for position, bound in enumerate((found.start, found.stop)):
        if position:
            w.text(":")
        if bound is not None:
            w.write(bound)


@postgresql(ArrayOf)
def write_array(w: Writer, found: ArrayOf) -> None:
    """Write ARRAY; one without items needs its type."""
    w.text("ARRAY[")
    w.operands(found.items, op.LISTED)
    w.text("]")
    if not found.items and found.type_key is not None:
        w.text("::")
        w.type(found.type)


@postgresql.operator(op.bitwise_xor_op)
def write_xor(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Exclusive or is #.  https://www.postgresql.org/docs/current/functions-math.html."""
    write_operand(w, binary.left, binary.operator)
    w.text(" # ")
    write_operand(w, binary.right, binary.operator)
