"""What an operator between two types gives: its type, and which operator it really is.

The tables say, for the family on the left and the operator, what each family on the right
makes of it.  Whatever they do not say has the type of the left side.
"""

from __future__ import annotations

from typing import Any, Final

from toolkit_core.types.array import ARRAY
from toolkit_core.types.boolean import Boolean
from toolkit_core.types.decorator import TypeDecorator
from toolkit_core.types.enumeration import Enum
from toolkit_core.types.interval import Interval
from toolkit_core.types.json_type import JSON
from toolkit_core.types.number import Float, Integer, Numeric
from toolkit_core.types.operator_class import check_operator
from toolkit_core.types.string import String
from toolkit_core.types.temporal import Date, DateTime, Time
from toolkit_core.types.type_engine import TypeEngine

Family = type[TypeEngine[Any]]

BOOLEAN: Final = Boolean()

# Operators whose result is true or false, whatever they are applied to.
_TRUE_OR_FALSE = (
    "eq ne lt le gt ge is_ is_not is_distinct_from is_not_distinct_from in_op not_in_op "
    "between_op not_between_op like_op not_like_op ilike_op not_ilike_op contains_op "
    "not_contains_op icontains_op not_icontains_op startswith_op not_startswith_op "
    "istartswith_op not_istartswith_op endswith_op not_endswith_op iendswith_op "
    "not_iendswith_op match_op not_match_op regexp_match_op not_regexp_match_op and_ or_ "
    "is_true is_false exists"
)
BOOLEAN_RESULT: Final = frozenset(_TRUE_OR_FALSE.split())

_NUMBERS_ON_THE_RIGHT: Final[dict[Family, Family]] = {
    Integer: Integer,
    Numeric: Numeric,
    Float: Float,
}

# (left, operator) → {right: result}.  A result of the right's family is the right's own type,
# else one of the left's family the left's own.
RESULTS: Final[dict[tuple[Family, str], dict[Family, Family]]] = {
    (Integer, "add"): {**_NUMBERS_ON_THE_RIGHT, Date: Date},
    (Integer, "sub"): _NUMBERS_ON_THE_RIGHT,
    (Integer, "mul"): {**_NUMBERS_ON_THE_RIGHT, Interval: Interval},
    (Integer, "truediv"): {Integer: Numeric, Numeric: Numeric, Float: Float},
    (Integer, "floordiv"): {Integer: Integer, Numeric: Numeric},
    (Numeric, "mul"): {Interval: Interval},
    (Float, "add"): {Float: Float},
    (Float, "sub"): {Float: Float},
    (Float, "mul"): {Float: Float, Interval: Interval},
    (Float, "truediv"): {Float: Float},
    (Date, "add"): {Interval: DateTime, Time: DateTime},
    (Date, "sub"): {Date: Integer, DateTime: Interval, Interval: DateTime},
    (DateTime, "sub"): {DateTime: Interval},
    (Time, "add"): {Date: DateTime},
    (Time, "sub"): {Time: Interval},
    (Interval, "add"): {Date: DateTime, DateTime: DateTime, Time: Time},
}

_COMMUTES: Final = frozenset({"add", "mul"})


def operate_type(
    operator: str, left: TypeEngine[Any], right: TypeEngine[Any] | None = None
) -> tuple[str, TypeEngine[Any]]:
    """Return the operator's name and the type of its result.

    ``+`` of strings is their concatenation; otherwise the name is the one that was given.

    >>> from toolkit_core.types import Integer, Numeric, String
    >>> operate_type("truediv", Integer(), Integer())
    ('truediv', Numeric())
    >>> operate_type("add", String(5), String())
    ('concat_op', String(length=5))
    """
    if left.operator_classes is not TypeEngine.operator_classes:
        check_operator(left, left.operator_classes, operator)
    if operator in BOOLEAN_RESULT:
        return operator, BOOLEAN
    if right is None:
        return operator, left
    if unknown(left) and not unknown(right) and operator in _COMMUTES:
        left, right = right, left
    if operator == "concat_op":
        return operator, joined(left)
    if operator == "add" and concatenates(left, right):
        return "concat_op", joined(left)
    if operator in {"getitem", "json_getitem_op", "json_path_getitem_op"}:
        return operator, looked_into(left)
    return operator, result(operator, left, right)


def result(operator: str, left: TypeEngine[Any], right: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type that the tables say."""
    inner, beside = undecorated(left), undecorated(right)
    if inner.family is None or beside.family is None:
        return left
    found = RESULTS.get((inner.family, operator), {}).get(beside.family)
    if found is None:
        return left
    if found is beside.family and found is inner.family:
        # The more special of two of a kind: Integer + BigInteger.
        return right if type(inner) is found else left
    if found is beside.family:
        return right
    return left if found is inner.family else found()


def concatenates(left: TypeEngine[Any], right: TypeEngine[Any]) -> bool:
    """Tell whether ``+`` between these joins them end to end."""
    return can_join(undecorated(left)) and (unknown(right) or can_join(undecorated(right)))


def can_join(type_: TypeEngine[Any]) -> bool:
    """Tell whether values of a type can be joined end to end."""
    return isinstance(type_, (String, ARRAY, JSON))


def joined(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type of values joined end to end: of words no longer one of the words."""
    return String(type_.length) if isinstance(type_, Enum) else type_


def looked_into(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type of what is in a value of a type."""
    inner = undecorated(type_)
    return inner.at_index() if isinstance(inner, ARRAY) else type_


def unknown(type_: TypeEngine[Any]) -> bool:
    """Tell whether nothing is known about a type."""
    return type_.visit_name == "null"


def undecorated(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type inside a decorator, however deep."""
    while isinstance(type_, TypeDecorator):
        type_ = type_.impl
    return type_
