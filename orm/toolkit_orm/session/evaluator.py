"""Conditions of a statement, asked of objects in Python: which of a session's are meant."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import BinaryExpression, Grouping, UnaryExpression
from toolkit_core.expression.lists import ClauseList
from toolkit_core.expression.params import BindParameter
from toolkit_core.expression.singles import False_, Null, True_
from toolkit_orm.instrument.attribute import InstrumentedAttribute

Values = dict[str, Any]
Asked = Callable[[Values], Any]


class UnevaluatableError(InvalidRequestError):
    """A condition that only the database can tell."""


class NotLoaded(Exception):
    """An object has not what the condition asks for."""


_BINARY: Final[dict[Any, Callable[[Any, Any], Any]]] = {
    op.eq: operator.eq,
    op.ne: operator.ne,
    op.lt: operator.lt,
    op.le: operator.le,
    op.gt: operator.gt,
    op.ge: operator.ge,
    op.add: operator.add,
    op.sub: operator.sub,
    op.mul: operator.mul,
    op.in_op: lambda left, right: left in right,
    op.not_in_op: lambda left, right: left not in right,
}


def evaluated(node: Any, mapper: Any) -> Asked:
    """Return a function of an object's values that says what the expression is for it."""
    for kind, make in _KINDS:
        if isinstance(node, kind):
            return make(node, mapper)
    raise UnevaluatableError(f"Cannot evaluate {type(node).__name__} in Python")


def _constant(value: Any) -> Asked:
    return lambda _: value


def _attribute(node: Any, mapper: Any) -> Asked:
    if node.parent.base is not mapper.base:
        raise UnevaluatableError(f"Cannot evaluate {node}: it is of another class")
    key = node.key

    def ask(values: Values) -> Any:
        if key not in values:
            raise NotLoaded
        return values[key]

    return ask


def _negated(value: Any) -> Any:
    return None if value is None else not value


def _binary(node: Any, mapper: Any) -> Asked:
    left, right = evaluated(node.left, mapper), evaluated(node.right, mapper)
    if node.operator in (op.is_, op.is_not):
        wanted = node.operator is op.is_
        return lambda values: (left(values) == right(values)) is wanted
    work = _BINARY.get(node.operator)
    if work is None:
        raise UnevaluatableError(f"Cannot evaluate the operator {node.operator} in Python")

    def ask(values: Values) -> Any:
        one, other = left(values), right(values)
        return None if one is None or other is None else work(one, other)

    return ask


def _inverted(node: Any, mapper: Any) -> Asked:
    if node.operator is not op.inv:
        raise UnevaluatableError(f"Cannot evaluate the operator {node.operator} in Python")
    below = evaluated(node.element, mapper)
    return lambda values: _negated(below(values))


def _several(node: Any, mapper: Any) -> Asked:
    if node.operator not in (op.and_, op.or_):
        raise UnevaluatableError(f"Cannot evaluate the operator {node.operator} in Python")
    parts = [evaluated(one, mapper) for one in node.child_nodes()]
    decides = node.operator is op.or_

    def ask(values: Values) -> Any:
        found = [part(values) for part in parts]
        if any(one is not None and bool(one) is decides for one in found):
            return decides
        return None if any(one is None for one in found) else not decides

    return ask


_KINDS: Final[tuple[tuple[type, Callable[[Any, Any], Asked]], ...]] = (
    (InstrumentedAttribute, _attribute),
    (BindParameter, lambda node, mapper: _constant(node.effective_value)),
    (Null, lambda node, mapper: _constant(None)),
    (True_, lambda node, mapper: _constant(True)),
    (False_, lambda node, mapper: _constant(False)),
    (Grouping, lambda node, mapper: evaluated(node.element, mapper)),
    (BinaryExpression, _binary),
    (ClauseList, _several),
    (UnaryExpression, _inverted),
)
