"""From what users give to expressions: values become parameters, names are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from types import FunctionType
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.implied import implied_scalar
from toolkit_core.expression.no_value import not_a_condition, refuse_mapped, refuse_several
from toolkit_core.expression.node import Node
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.params import BindParameter, plain_parameter
from toolkit_core.expression.singles import FALSE, NULL, TRUE
from toolkit_core.types import NULLTYPE, PLAIN, Boolean, TypeEngine, operate_type, type_of_value
from toolkit_core.types.operator_class import allows
from toolkit_core.types.structure import NoKey

BOOLEAN = Boolean()


def bound(
    found: Any, like: ColumnElement[Any], operator: Operator | None = None
) -> BindParameter[Any]:
    """Return a value as a parameter, of the type that fits beside an expression."""
    type_ = like.type
    suggested = PLAIN.get(found.__class__)
    if suggested.__class__ is not type_.__class__ and found is not None:
        type_ = type_.for_value(found, suggested or type_of_value(found))
    return plain_parameter(found, type_, like.names_parameter)


def operand(
    found: Any, like: ColumnElement[Any], operator: Operator | None = None
) -> ColumnElement[Any]:
    """Return what stands beside an expression: an expression, or a value as a parameter."""
    if found.__class__ in PLAIN:
        return bound(found, like, operator)
    if isinstance(found, ColumnElement):
        if found.__class__ is BindParameter and found.type.__class__ is NULLTYPE.__class__:
            # A parameter about which nothing is known is what it stands beside.
            return found.but(type=like.type)
        return found
    converted = _converted(found)
    if converted is not None:
        return converted
    refuse_several(found, like, operator)
    return bound(found, like, operator)


def _converted(found: Any) -> ColumnElement[Any] | None:
    """Return what stands for an expression, None if it is a plain value."""
    element = getattr(found, "__clause_element__", None)
    if element is not None and not isinstance(found, type):
        return expression(element())
    if isinstance(found, Node):
        scalar = implied_scalar(found)
        if scalar is not None:
            return scalar
        if getattr(found, "stands_as_expression", False):
            return found  # type: ignore[return-value] # text: as good as an expression
        raise ArgumentError(
            f"SQL expression element or literal value expected, got {found!r}",
            hint="a row of a source as a whole is its .table_valued()"
            if hasattr(found, "table_valued")
            else None,
        )
    refuse_mapped(found)
    return None


def expression(
    found: Any, type_: TypeEngine[Any] | None = None, hint: str | None = None
) -> ColumnElement[Any]:
    """Return an expression: as it is, or made of a value.

    None is NULL, where no type says that it is a value.
    """
    if isinstance(found, ColumnElement):
        return found
    # Plain values are no objects that could stand for something else.
    converted = None if found.__class__ in PLAIN else _converted(found)
    if converted is not None:
        return converted
    if found is None:
        return NULL
    return plain_parameter(found, type_of_value(found) if type_ is None else type_, hint)


def by_name(found: Any, text: Any, what: str = "GROUP BY / OF / etc. expression") -> Any:
    """Return an expression, where a text is the name of a column or a label."""
    if isinstance(found, str):
        return text(found)
    if isinstance(found, Node):
        return found if isinstance(found, ColumnElement) else expression(found)
    element = getattr(found, "__clause_element__", None)
    if element is None:
        raise ArgumentError(f"{what} expected, got {found!r}.")
    return element()


def condition(found: Any) -> ColumnElement[Any]:
    """Return what may stand in WHERE, HAVING, ON, AND and OR.

    What is true or false by its type alone, such as a column, is wrapped, since not every
    database has such a type.
    """
    if isinstance(found, ColumnElement):
        if found.is_condition or found.type.__class__ is not Boolean:
            return found
        made: ColumnElement[Any] = op.is_true.build(found, op.is_true)
        return made
    if found is None:
        return NULL
    if found is True or found is False:
        return condition(TRUE if found else FALSE)
    if isinstance(found, Node):
        return _other_condition(found)
    element = getattr(found, "__clause_element__", None)
    if element is None and isinstance(found, FunctionType):
        # A lambda without arguments stands for what it returns.
        element = found
    if element is not None:
        return condition(element())
    if isinstance(found, str):
        raise ArgumentError(
            f"Textual SQL expression {found!r} should be explicitly declared as text({found!r})"
        )
    raise not_a_condition(found)


def _other_condition(found: Any) -> ColumnElement[Any]:
    """Return what is no expression and may stand for a condition: text, the value of a SELECT."""
    text: ColumnElement[Any] | None = found if hasattr(found, "stands_as_expression") else None
    made = implied_scalar(found) if text is None else text
    if made is None:
        raise ArgumentError(f"SQL expression for WHERE/HAVING role expected, got {found!r}.")
    return made


def conditions(found: Sequence[Any]) -> list[ColumnElement[Any]]:
    """Return several conditions."""
    return [condition(one) for one in found]


def adapted(
    operator: Operator, left: TypeEngine[Any], right: TypeEngine[Any]
) -> tuple[Operator, TypeEngine[Any]]:
    """Return the operator and the type of a result, by the types of the operands.

    ``+`` of texts is ``||``.
    """
    own = getattr(operator, "type", None)
    if own is not None:
        return operator, own
    if operator.__class__ is not Operator:
        return operator, BOOLEAN if operator.boolean else left
    key = (operator, left.static_key(), right.static_key())
    kept = _ADAPTED.get(key)
    if kept is not None:
        return kept
    name, type_ = operate_type(operator.__name__, left, right)
    made = (operator if name == operator.__name__ else op.OPERATORS[name]), type_
    # What is deprecated says so each time.
    known = key[1].__class__ is not NoKey and key[2].__class__ is not NoKey
    if known and allows(left.operator_classes, operator.__name__):
        if len(_ADAPTED) >= _MOST:
            _ADAPTED.clear()
        _ADAPTED[key] = made
    return made


# Types of one key are interchangeable, so what operators make of them is worked out once.
_ADAPTED: dict[tuple[object, ...], tuple[Operator, TypeEngine[Any]]] = {}
_MOST = 10_000
