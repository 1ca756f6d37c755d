"""IN, BETWEEN, LIKE and its relatives, ANY and ALL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import BinaryExpression, binary, compare
from toolkit_core.expression.coerce import BOOLEAN, expression, operand
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.comparator import comparator_of
from toolkit_core.expression.lists import ClauseList, Tuple
from toolkit_core.expression.no_value import refuse_mapped
from toolkit_core.expression.node import Node, child, declared, derived, value
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.params import BindParameter
from toolkit_core.types import ARRAY, PLAIN, TypeEngine, type_of_value


@declared
class CollectionAggregate(ColumnElement[Any]):
    """``ANY`` or ``ALL`` of an array or a SELECT."""

    visit_name = "collection_aggregate"

    operator: Operator = value()
    element: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=BOOLEAN)
    is_condition = True

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Compare: the collection stands on the right, so the operator is turned round."""
        if not getattr(op, "boolean", False):
            raise ArgumentError("Only comparison operators may be used with ANY/ALL")
        if not other:
            return super().operate(op)
        turned = op.reversal or op
        return compare(self, turned, other[0], reverse=True)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Refuse: a collection is compared, nothing else."""
        raise ArgumentError("Only comparison operators may be used with ANY/ALL")

    def __eq__(self, other: object) -> Any:
        return self.operate(op.eq, other)

    def __ne__(self, other: object) -> Any:
        return self.operate(op.ne, other)

    __hash__ = object.__hash__


def _binary(
    left: Any, operator: Operator, right: Any, modifiers: tuple[tuple[str, Any], ...] = ()
) -> BinaryExpression[bool]:
    made: BinaryExpression[Any] = binary(left, operator, right, modifiers, BOOLEAN)
    return made


def is_in(left: ColumnElement[Any], operator: Operator, found: Any) -> BinaryExpression[bool]:
    """Return ``IN``: plain values are one parameter, whose length is not in the key."""
    if found.__class__ is not list:
        select = _not_values(found)
        if select is not None:
            return _binary(left, operator, select)
        found = list(found)
    if not isinstance(left, Tuple) and _has_expressions(found):
        return _binary(
            left, operator, ClauseList(tuple([operand(one, left, operator) for one in found]))
        )
    made: BindParameter[Any] = BindParameter()
    made.value = found
    made.expanding = True
    made.hint = left.names_parameter
    mine = left.type
    # The first decides; a NULL has the type of what it is compared with, as it has alone.
    first = found[0] if found else None
    if first is None or PLAIN.get(first.__class__).__class__ is mine.__class__:
        made.type = mine
    else:
        made.type = mine.for_value(first, type_of_value(first), operator)
    if isinstance(left, Tuple):
        made.type = mine
        made.expanding = len(left.clauses)  # type: ignore[assignment] # how wide its rows are
        made.value = [_row(one, len(left.clauses)) for one in found]
    return _binary(left, operator, made)


def _has_expressions(found: list[Any]) -> bool:
    # Most lists are of plain values of few classes, and long.
    for cls in set(map(type, found)):
        if cls in PLAIN:
            continue
        if issubclass(cls, Node) or hasattr(cls, "__clause_element__"):
            return True
        refuse_mapped(next(one for one in found if type(one) is cls))
    return False


def _row(found: Any, width: int) -> tuple[Any, ...]:
    row = tuple(found)
    if len(row) != width:
        raise ArgumentError(f"a row of {width} values is expected by this IN, got {row!r}")
    return row


def _not_values(found: Any) -> Any:
    """Return what IN is of where it is no values: a SELECT, a parameter; None for values."""
    element = getattr(found, "__clause_element__", None)
    if element is not None and not isinstance(found, type):
        found = element()
    if isinstance(found, BindParameter):
        return found if found.expanding else found.but(expanding=True)
    if isinstance(found, Node):
        if getattr(found, "stands_in_in", False) or getattr(found, "stands_as_expression", False):
            return found
        if not isinstance(found, ColumnElement):
            subquery = getattr(found, "scalar_subquery", None)
            if subquery is not None:
                return subquery()
            select = getattr(found, "select", None)
            if select is not None:
                warn(
                    f"Coercing {type(found).__name__} object into a select() for use in IN(); "
                    "please pass a select() construct explicitly"
                )
                return select().scalar_subquery()
        if isinstance(found, (Tuple, ClauseList)):
            return found
    elif isinstance(found, Iterable) and not isinstance(found, (str, bytes)):
        return None
    raise ArgumentError(
        f"IN expression list, SELECT construct, or bound parameter object expected, got {found!r}."
    )


def is_between(
    left: ColumnElement[Any], operator: Operator, low: Any, high: Any, symmetric: bool = False
) -> BinaryExpression[bool]:
    """Return ``BETWEEN``."""
    bounds = ClauseList((operand(low, left, operator), operand(high, left, operator)), op.and_)
    return _binary(left, operator, bounds, (("symmetric", True),) if symmetric else ())


def between(
    expr: Any, lower_bound: Any, upper_bound: Any, symmetric: bool = False
) -> BinaryExpression[bool]:
    """Return ``expr BETWEEN lower_bound AND upper_bound``.

    >>> from toolkit_core.expression.elements import column
    >>> str(between(column("x"), 1, 10))
    'x BETWEEN :x_1 AND :x_2'
    """
    made: BinaryExpression[bool] = expression(expr).between(
        lower_bound, upper_bound, symmetric=symmetric
    )
    return made


def is_like(
    left: ColumnElement[Any],
    operator: Operator,
    pattern: Any,
    escape: str | None = None,
    autoescape: bool = False,
    reverse: bool = False,
) -> BinaryExpression[bool]:
    """Return ``LIKE`` or one of its relatives."""
    if pattern is None:
        compare(left, operator, None)  # refuses it
    if autoescape:
        pattern, escape = _escaped(pattern, escape or "/")
    right = operand(pattern, left, operator)
    if reverse:
        left, right = right, left
    return _binary(left, operator, right, (("escape", escape),) if escape is not None else ())


def contains(
    left: ColumnElement[Any], operator: Operator, other: Any, **options: Any
) -> BinaryExpression[bool]:
    """Return what is true where a text has another in it; arrays have types of their own for it."""
    if isinstance(left.type, ARRAY):
        comparator_of(left).contains(other)  # refuses it
    return is_like(left, operator, other, **options)


def _escaped(pattern: Any, escape: str) -> tuple[str, str]:
    if not isinstance(pattern, str):
        raise ArgumentError(
            "String value expected when autoescape=True",
            hint="an expression is escaped in SQL: give escape= and escape it there",
        )
    text = pattern if escape in ("%", "_") else pattern.replace(escape, escape + escape)
    return text.replace("%", escape + "%").replace("_", escape + "_"), escape


def is_matched(
    left: ColumnElement[Any], operator: Operator, pattern: Any, flags: str | None = None
) -> BinaryExpression[bool]:
    """Return a search for a regular expression."""
    return _binary(left, operator, operand(pattern, left, operator), _flags(flags))


def is_replaced(
    left: ColumnElement[Any],
    operator: Operator,
    pattern: Any,
    replacement: Any,
    flags: str | None = None,
) -> BinaryExpression[str]:
    """Return a text with what a regular expression finds replaced."""
    pair = ClauseList((operand(pattern, left, operator), operand(replacement, left, operator)))
    made: BinaryExpression[str] = binary(left, operator, pair, _flags(flags), left.type)
    return made


def _flags(flags: str | None) -> tuple[tuple[str, Any], ...]:
    return (("flags", flags),) if flags is not None else ()


def _collection(element: Any, operator: Operator) -> CollectionAggregate:
    return CollectionAggregate(operator, element)


def any_(expr: Any) -> CollectionAggregate:
    """Return ``ANY (expr)``, to be compared with.

    >>> from toolkit_core.expression.elements import column
    >>> str(5 == any_(column("numbers")))
    ':param_1 = ANY (numbers)'
    """
    return CollectionAggregate(op.any_op, expression(expr))


def all_(expr: Any) -> CollectionAggregate:
    """Return ``ALL (expr)``, to be compared with."""
    return CollectionAggregate(op.all_op, expression(expr))


op.in_op.build = is_in
op.not_in_op.build = is_in
op.between_op.build = is_between
op.not_between_op.build = is_between
for _plain in (
    "like",
    "ilike",
    "startswith",
    "endswith",
    "contains",
    "istartswith",
    "iendswith",
    "icontains",
):
    op.OPERATORS[f"{_plain}_op"].build = is_like
    op.OPERATORS[f"not_{_plain}_op"].build = is_like


op.contains_op.build = contains
op.regexp_match_op.build = is_matched
op.not_regexp_match_op.build = is_matched
op.regexp_replace_op.build = is_replaced
op.any_op.build = _collection
op.all_op.build = _collection
