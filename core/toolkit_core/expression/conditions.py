"""AND, OR and NOT."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import warn_deprecated
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import AsBoolean, BinaryExpression, UnaryExpression
from toolkit_core.expression.coerce import BOOLEAN, condition, expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import children, declared, derived, value
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.singles import FALSE, TRUE, False_, True_
from toolkit_core.types import Boolean, TypeEngine


@declared
class BooleanClauseList(ColumnElement[bool]):
    """Conditions that AND or OR joins."""

    visit_name = "clauselist"

    operator: Operator = value()
    clauses: tuple[ColumnElement[Any], ...] = children()
    type: TypeEngine[Any] = derived(default=BOOLEAN)
    is_condition = True


def joined(operator: Operator, clauses: tuple[Any, ...]) -> ColumnElement[bool]:
    """Return conditions joined by AND or OR.

    Those of the same operator become one list; what is always true is left out of an AND, and
    makes all of an OR true; a single one stands for itself.
    """
    flat: list[ColumnElement[Any]] = []
    constant: ColumnElement[Any] | None = None
    for given in clauses:
        if given.__class__ is BinaryExpression:
            flat.append(given)
            continue
        clause = condition(given)
        if clause.__class__ is BooleanClauseList and (
            clause.operator is operator or not clause.clauses
        ):
            flat.extend(clause.clauses)
        elif clause.__class__ is AsBoolean and clause.element.__class__ in _CONSTANT:
            if (clause.element.__class__ is True_) is not (operator is op.and_):
                return clause
            constant = clause
        else:
            flat.append(clause)
    if len(flat) == 1:
        return flat[0]
    if not flat and constant is not None:
        return constant
    made: BooleanClauseList = BooleanClauseList.__new__(BooleanClauseList)
    made.operator = operator
    made.clauses = tuple(flat)
    return made


_CONSTANT = (True_, False_)


def is_empty(condition: ColumnElement[Any]) -> bool:
    """Tell whether it is ``and_()`` or ``or_()``, which says nothing."""
    return condition.__class__ is BooleanClauseList and not condition.clauses


def _join(left: ColumnElement[Any], operator: Operator, right: Any, reverse: bool = False) -> Any:
    return joined(operator, (right, left) if reverse else (left, right))


def _of_given(operator: Operator, clauses: tuple[Any, ...]) -> ColumnElement[bool]:
    if not clauses:
        name = operator.__name__.rstrip("_")
        warn_deprecated(
            f"Invoking {name}_() without arguments is deprecated, and will be disallowed in a "
            f"future release: for an empty {name}_() construct, use "
            f"'{name}_({'true' if operator is op.and_ else 'false'}(), *args)'",
            "1.4",
        )
        return BooleanClauseList(operator, ())
    return joined(operator, clauses)


def and_(*clauses: Any) -> ColumnElement[bool]:
    """Return conditions all of which must hold.

    >>> from toolkit_core.expression.elements import column
    >>> str(and_(column("x") > 1, column("y") < 2))
    'x > :x_1 AND y < :y_1'
    """
    return _of_given(op.and_, clauses)


def or_(*clauses: Any) -> ColumnElement[bool]:
    """Return conditions one of which must hold.

    >>> from toolkit_core.expression.elements import column
    >>> str(or_(column("x") > 1, column("y") < 2))
    'x > :x_1 OR y < :y_1'
    """
    return _of_given(op.or_, clauses)


def not_(clause: Any) -> ColumnElement[bool]:
    """Return what is true where a condition is false.

    >>> from toolkit_core.expression.elements import column
    >>> str(not_(column("x") == 1))
    'x != :x_1'
    """
    found = expression(clause)
    made: ColumnElement[bool] = (
        found.operate(op.inv) if hasattr(found, "operate") else negated(found)
    )
    return made


def negated(element: Any, _operator: Operator = op.inv) -> ColumnElement[bool]:
    """Return the opposite of a condition: by the opposite operator where there is one."""
    cls = element.__class__
    if cls is True_ or cls is False_:
        return FALSE if cls is True_ else TRUE
    operator = element.operator if isinstance(element, ColumnElement) else None
    if isinstance(element, (BinaryExpression, AsBoolean)) and operator is not None:
        opposite = operator.negation
        if opposite is not None and not _of_collection(element):
            return element.but(operator=opposite)
        if operator.boolean:
            return AsBoolean(op.is_false, element)
    if cls is UnaryExpression and operator is op.inv:
        inner: ColumnElement[Any] = element.element
        return inner
    if operator is None and getattr(element, "type", None).__class__ is Boolean:
        return AsBoolean(op.is_false, element)
    return UnaryExpression(element, operator=op.inv, type_=BOOLEAN)


def _of_collection(element: Any) -> bool:
    """Tell whether it compares with ANY or ALL, where the opposite operator says another thing."""
    if not isinstance(element, BinaryExpression):
        return False
    return any(side.operator in (op.any_op, op.all_op) for side in (element.left, element.right))


op.and_.build = _join
op.or_.build = _join
op.inv.build = negated
