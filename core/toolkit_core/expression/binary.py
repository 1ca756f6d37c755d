"""Two expressions with an operator between them, and one with an operator beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.expression.coerce import BOOLEAN, adapted, expression, operand
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.keys import parameter_keys
from toolkit_core.expression.node import child, declared, derived, value
from toolkit_core.expression.operators import Operator, operator_of
from toolkit_core.expression.params import BindParameter
from toolkit_core.expression.singles import FALSE, NULL, TRUE
from toolkit_core.plugins import load_object
from toolkit_core.types import NULLTYPE, PLAIN, TypeEngine, type_of_value
from toolkit_core.types.type_engine import to_instance

T = TypeVar("T")


@declared
class BinaryExpression(ColumnElement[T]):
    """Two expressions with an operator between them.

    ``modifiers`` is what else the operator was given, such as the escape character of LIKE.
    """

    visit_name = "binary"

    left: ColumnElement[Any] = child()
    operator: Operator = value()
    right: ColumnElement[Any] = child()
    modifiers: tuple[tuple[str, Any], ...] = value(default=())
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init__(
        self,
        left: Any,
        right: Any,
        operator: Any,
        type_: Any = None,
        negate: Any = None,
        modifiers: Mapping[str, Any] | None = None,
    ) -> None:
        """Put an operator between two expressions, or values.

        >>> from toolkit_core.expression.elements import column
        >>> str(BinaryExpression(column("x"), 5, op.custom_op("@>")))
        'x @> :x_1'
        """
        found = operator_of(operator)
        if negate is not None and operator_of(negate) is not found.negation:
            raise ArgumentError(
                f"{negate!r} is not the negation of {found!r}, and none of its own is taken",
                hint="not_(…) writes NOT before it",
            )
        self.left = expression(left)
        self.operator = found
        self.right = operand(right, self.left, found)
        if modifiers:
            self.modifiers = tuple(modifiers.items())
        if type_ is not None:
            self.type = to_instance(type_)
        elif found.boolean:
            self.type = BOOLEAN

    @property
    def is_condition(self) -> bool:  # type: ignore[override]
        """Whether it is a condition as it is: NOT IN is one, an addition is not."""
        return self.operator.boolean

    def __bool__(self) -> bool:
        # ``column in [...]`` asks: is it the very same expression?
        if self.operator is op.eq:
            return self.left is self.right
        if self.operator is op.ne:
            return self.left is not self.right
        return super().__bool__()


@declared
class UnaryExpression(ColumnElement[T]):
    """An expression with an operator before or after it."""

    visit_name = "unary"

    operator: Operator = value()
    element: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init__(
        self,
        element: Any,
        *,
        operator: Any = None,
        modifier: Any = None,
        type_: Any = None,
        wraps_column_expression: bool = False,
    ) -> None:
        """Put an operator before an expression, or a modifier behind it.

        >>> from toolkit_core.expression.elements import column
        >>> str(UnaryExpression(column("x"), modifier=op.custom_op("!")))
        'x !'
        """
        if (operator is None) is (modifier is None):
            raise ArgumentError("UnaryExpression takes either an operator or a modifier")
        self.element = expression(element)
        found = operator_of(modifier if operator is None else operator)
        self.operator = op.alone(found, after=operator is None)
        self.type = self.element.type if type_ is None else to_instance(type_)

    @property
    def is_condition(self) -> bool:  # type: ignore[override]
        """Whether it is a condition as it is."""
        return self.operator.boolean

    @property
    def modifier(self) -> Operator | None:
        """The operator, where it stands behind the expression: DESC and its like."""
        return self.operator if op.is_ordering_modifier(self.operator) else None


@declared
class AsBoolean(ColumnElement[bool]):
    """What is true or false by its type, as a condition; or as the opposite of it.

    Where the database has no such type, it is compared with 1 and 0.
    """

    visit_name = "as_boolean"

    operator: Operator = value()
    element: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=BOOLEAN)
    is_condition = True


@declared
class Grouping(ColumnElement[T]):
    """An expression in parentheses that the user asked for."""

    visit_name = "grouping"

    element: ColumnElement[T] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


_new: Any = object.__new__
known_key = parameter_keys.get
_EQUALITY = (op.eq, op.ne)
_WITH_CONSTANTS = frozenset(
    {op.eq, op.ne, op.is_, op.is_not, op.is_distinct_from, op.is_not_distinct_from}
)


def compare(
    left: ColumnElement[Any], operator: Operator, right: Any, reverse: bool = False
) -> ColumnElement[Any]:
    """Return a comparison; with None it is IS and IS NOT."""
    cls = right.__class__
    if cls in _VALUES:
        # As bound() does, for what is compared most.
        found = right
        right = _new(BindParameter)
        right.value = found
        mine = left.type
        if PLAIN[cls].__class__ is mine.__class__:
            right.type = mine
        else:
            right.type = mine.for_value(found, type_of_value(found), operator)
        hint = left.names_parameter
        if hint is not None:
            right.hint = hint
        key = known_key((id(right.type), hint))
        if key is not None:
            right._key = key
    elif right is NULL or (cls in _CONSTANTS and cls in left.type.coerce_to_is_types):
        operator, right = _with_constant(operator, right)
    else:
        right = operand(right, left, operator)
        if right.__class__ is NULL.__class__ and operator in _EQUALITY:
            operator = op.is_ if operator is op.eq else op.is_not
    made: BinaryExpression[Any] = _new(BinaryExpression)
    if reverse:
        left, right = right, left
    made.left = left
    made.operator = operator
    made.right = right
    made.type = BOOLEAN
    return made


# The classes of plain values, but for those that are written as constants.
_CONSTANTS = frozenset({bool, None.__class__})
_VALUES = frozenset(PLAIN) - _CONSTANTS


def _with_constant(operator: Operator, right: Any) -> tuple[Operator, ColumnElement[Any]]:
    if operator not in _WITH_CONSTANTS:
        if right is NULL:
            return operator, right
        raise ArgumentError(
            "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', "
            "'is_not_distinct_from()' operators can be used with None/True/False"
        )
    if right is True or right is False:
        return operator, TRUE if right else FALSE
    if operator in _EQUALITY:
        operator = op.is_ if operator is op.eq else op.is_not
    return operator, NULL


def match(
    left: ColumnElement[Any],
    operator: Operator,
    right: Any,
    reverse: bool = False,
    **options: Any,
) -> ColumnElement[Any]:
    """Return a full-text search, with what only some dialects are told of it."""
    made = compare(left, operator, right, reverse)
    return made.but(modifiers=tuple(sorted(options.items()))) if options else made


def calculate(
    left: ColumnElement[Any], operator: Operator, right: Any, reverse: bool = False
) -> ColumnElement[Any]:
    """Return an arithmetic expression, of the type that its operands' types give."""
    right = operand(right, left, operator)
    if reverse:
        left, right = right, left
    operator, type_ = adapted(operator, left.type, right.type)
    return binary(left, operator, right, (), type_)


def power(
    left: ColumnElement[Any], _operator: Operator, right: Any, reverse: bool = False
) -> ColumnElement[Any]:
    """Return what ``**`` makes: no operator of SQL, but a function, fetched where it is used."""
    function = load_object("toolkit_core.expression.functions:func").pow
    made: ColumnElement[Any] = function(right, left) if reverse else function(left, right)
    return made


def binary(
    left: ColumnElement[Any],
    operator: Operator,
    right: Any,
    modifiers: tuple[tuple[str, Any], ...],
    type_: TypeEngine[Any],
) -> BinaryExpression[Any]:
    """Return two expressions with an operator between them."""
    made: BinaryExpression[Any] = _new(BinaryExpression)
    made.left = left
    made.operator = operator
    made.right = right
    if modifiers:
        made.modifiers = modifiers
    made.type = type_
    return made


def unary(element: ColumnElement[Any], operator: Operator) -> UnaryExpression[Any]:
    """Return an expression with an operator beside it."""
    made: UnaryExpression[Any] = UnaryExpression.__new__(UnaryExpression)
    made.operator = operator
    made.element = element
    made.type = element.type
    return made


def as_boolean(element: ColumnElement[Any], operator: Operator) -> ColumnElement[bool]:
    """Return what is true or false by its type as a condition."""
    return AsBoolean(operator, element)


def grouped(element: ColumnElement[Any], _operator: Operator) -> Grouping[Any]:
    """Return an expression in parentheses."""
    return Grouping(element, element.type)


for _name in [
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "is_",
    "is_not",
    "is_distinct_from",
    "is_not_distinct_from",
]:
    op.OPERATORS[_name].build = compare
for _name in [
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "concat_op",
    "bitwise_and_op",
    "bitwise_or_op",
    "bitwise_xor_op",
    "bitwise_lshift_op",
    "bitwise_rshift_op",
]:
    op.OPERATORS[_name].build = calculate
for _name in ["neg", "bitwise_not_op", "asc_op", "desc_op", "nulls_first_op", "nulls_last_op"]:
    op.OPERATORS[_name].build = unary
op.match_op.build = op.not_match_op.build = match
op.pow_.build = power
op.is_true.build = as_boolean
op.is_false.build = as_boolean
op.comma_op.build = grouped
op.custom_op.builder = staticmethod(calculate)
