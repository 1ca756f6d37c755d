"""Writing operators with their operands."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression import operators as op
from toolkit_core.expression.elements import (
    AsBoolean,
    BinaryExpression,
    BooleanClauseList,
    ClauseList,
    Collate,
    CollectionAggregate,
    Grouping,
    Tuple,
    UnaryExpression,
)
from toolkit_core.expression.scalar_select import ScalarSelect
from toolkit_core.lower.nulls_order import nulls_order
from toolkit_core.types import Integer, Numeric, NumericCommon


@ansi(BinaryExpression)
def write_binary(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write an expression as its operator wants it."""
    operator = binary.operator
    rule = w.rules.flat.get(operator) or w.rules.find_operator(operator)
    rule(w, binary)


@ansi.operator(op.Operator)
def write_infix(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write two operands with their operator between them."""
    operator, left, right = binary.operator, binary.left, binary.right
    strength, text = operator.strength, operator.text
    if operator.associative:
        w.operand(left, strength, same=left.operator is operator)
        w.safe(text)
        w.operand(right, strength, same=right.operator is operator)
    else:
        w.operand(left, strength)
        w.out.append(w.escaped(text) if "%" in text else text)
        w.operand(right, strength)


def _operand(w: Writer, operand: Any, operator: op.Operator) -> None:
    same = operator.associative and operand.operator is operator
    w.operand(operand, operator.strength, same=same)


@ansi.operator(op.truediv)
def write_true_division(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write a division that does not floor, whatever the database's own would do."""
    w.operand(binary.left, op.truediv.strength)
    w.text(" / CAST(")
    _operand(w, binary.right, op.truediv)
    w.text(" AS ")
    exact = isinstance(binary.right.type, NumericCommon)
    w.type(binary.right.type if exact else Numeric())
    w.text(")")


@ansi.operator(op.floordiv)
def write_floor_division(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write a division that floors: of integers the database's own does."""
    if isinstance(binary.left.type, Integer) and isinstance(binary.right.type, Integer):
        write_infix(w, binary)
        return
    w.text("FLOOR(")
    write_infix(w, binary)
    w.text(")")


@ansi.operator(op.getitem, op.json_getitem_op, op.json_path_getitem_op)
def write_index(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write brackets."""
    w.operand(binary.left, op.getitem.strength, same=True)
    w.text("[")
    w.write(binary.right)
    w.text("]")


@ansi(UnaryExpression)
def write_unary(w: Writer, unary: UnaryExpression[Any]) -> None:
    """Write an operand with an operator before or after it."""
    operator, element = unary.operator, unary.element
    if not operator.after:
        w.text(operator.text)
        w.operand(element, op.EVERYTHING if operator is op.inv else operator.strength)
        return
    said = nulls_order(unary)
    if said is not None:
        w.write(said)
        return
    if isinstance(element, UnaryExpression) and element.operator.after:
        w.write(element)
    else:
        w.operand(element, operator.strength)
    w.text(operator.text)


@ansi(AsBoolean)
def write_as_boolean(w: Writer, found: AsBoolean) -> None:
    """Write what is true or false by its type, or its opposite."""
    w.text(found.operator.text)
    w.operand(found.element, op.EVERYTHING if found.operator is op.is_false else op.LISTED)


@ansi(BooleanClauseList)
def write_clause_list(w: Writer, clauses: BooleanClauseList) -> None:
    """Write conditions joined by AND or OR."""
    operator = clauses.operator
    w.operands(clauses.clauses, operator.strength, operator.text)


@ansi(ClauseList)
def write_list(w: Writer, found: ClauseList) -> None:
    """Write expressions with commas between."""
    w.operands(found.clauses, found.separator.strength, found.separator.text)


@ansi(Tuple)
def write_tuple(w: Writer, found: Tuple) -> None:
    """Write expressions as one value."""
    w.text("(")
    w.operands(found.clauses, op.LISTED)
    w.text(")")


@ansi(Grouping)
def write_grouping(w: Writer, grouping: Grouping[Any]) -> None:
    """Write an expression in parentheses."""
    w.text("(")
    w.write(grouping.element)
    w.text(")")


@ansi(CollectionAggregate)
def write_collection(w: Writer, found: CollectionAggregate) -> None:
    """Write ANY or ALL."""
    w.text(found.operator.text)
    if isinstance(found.element, ScalarSelect):
        # It has its own parentheses.
        w.write(found.element)
        return
    w.text("(")
    w.write(found.element)
    w.text(")")


@ansi(Collate)
def write_collate(w: Writer, found: Collate) -> None:
    """Write COLLATE, with the name of the collation."""
    w.operand(found.element, op.COLLATED)
    w.text(" COLLATE ")
    w.name(found.collation)
