"""Conditions of a statement, asked of objects in Python: which of a session's are meant."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import AsBoolean, BinaryExpression, Grouping, UnaryExpression
from toolkit_core.expression.conditions import BooleanClauseList
from toolkit_core.expression.lists import ClauseList, Tuple
from toolkit_core.expression.params import BindParameter
from toolkit_core.expression.singles import False_, Null, True_
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.query.aliased_entity import AliasedAttribute

Values = dict[str, Any]
Asked = Callable[[Values], Any]


class UnevaluatableError(InvalidRequestError):
    """A condition that only the database can tell."""


class NotLoaded(Exception):
    """An object has not what the condition asks for."""


def _modulo(left: Any, right: Any) -> Any:
    """Return the remainder as databases have it: of the sign of what is divided."""
    found = math.fmod(left, right)
    return int(found) if isinstance(left, int) and isinstance(right, int) else found


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
    op.truediv: operator.truediv,
    op.mod: _modulo,
    op.concat_op: operator.add,
    op.startswith_op: lambda left, right: left.startswith(right),
    op.not_startswith_op: lambda left, right: not left.startswith(right),
    op.endswith_op: lambda left, right: left.endswith(right),
    op.not_endswith_op: lambda left, right: not left.endswith(right),
}


class Evaluator:
    """Makes functions of expressions about one class; ``values`` are an execution's parameters."""

    def __init__(self, mapper: Any, values: Mapping[str, Any] | None = None) -> None:
        self.mapper = mapper
        self.values = values or {}

    def asked(self, node: Any) -> Asked:
        """Return a function of an object's values that says what an expression is for it."""
        cls = node.__class__
        make = _MAKERS.get(cls)
        if make is None:
            found = [make for kind, make in _KINDS if issubclass(cls, kind)]
            make = _MAKERS[cls] = found[0] if found else _refuse
        return make(self, node)

    def attribute(self, node: Any) -> Asked:
        """Return what reads an attribute."""
        mapper, key = self.mapper, node.key
        if not (mapper.isa(node.parent) or node.parent.isa(mapper)):
            raise UnevaluatableError(
                f"Can't evaluate criteria against alternate class {node.parent.class_}"
            )

        def ask(values: Values) -> Any:
            if key not in values:
                raise NotLoaded
            return values[key]

        return ask

    def parameter(self, node: BindParameter[Any]) -> Asked:
        """Return what gives the value of a parameter."""
        if node.key is not None and node.key in self.values:
            return _constant(self.values[node.key])
        if node.required:
            raise UnevaluatableError(f"Cannot evaluate parameter {node.key!r}: it has no value")
        return _constant(node.effective_value)

    def binary(self, node: Any) -> Asked:
        """Return what compares, or computes of two."""
        how = node.operator
        if how in (op.in_op, op.not_in_op):
            return self._inside(node, is_in=how is op.in_op)
        if how not in (op.is_, op.is_not) and how not in _BINARY and not _own(how):
            raise _unknown(node)
        left, right = self.asked(node.left), self.asked(node.right)
        if how in (op.is_, op.is_not):
            wanted = how is op.is_
            return lambda values: (left(values) == right(values)) is wanted
        work = _BINARY.get(how) or how.python_impl
        if node.modifiers and how not in (op.eq, op.ne):
            raise _unknown(node)

        def ask(values: Values) -> Any:
            one, other = left(values), right(values)
            return None if one is None or other is None else work(one, other)

        return ask

    def _inside(self, node: Any, *, is_in: bool) -> Asked:
        left, right = self.asked(node.left), self.asked(node.right)

        def ask(values: Values) -> Any:
            one, others = left(values), right(values)
            if one is None and others:
                return None
            if one in others:
                return is_in
            # NULL may be the one that is looked for: then nobody knows.
            return None if None in others else not is_in

        return ask

    def inverted(self, node: Any) -> Asked:
        """Return what denies a condition."""
        if node.operator is not op.inv:
            raise _unknown(node)
        below = self.asked(node.element)
        return lambda values: _negated(below(values))

    def as_boolean(self, node: Any) -> Asked:
        """Return what is true or false by its type."""
        below = self.asked(node.element)
        if node.operator is op.is_false:
            return lambda values: _negated(below(values))
        return below

    def several(self, node: Any) -> Asked:
        """Return what joins conditions by AND or OR."""
        parts = [self.asked(one) for one in node.clauses]
        decides = node.operator is op.or_

        def ask(values: Values) -> Any:
            found = [part(values) for part in parts]
            if any(one is not None and bool(one) is decides for one in found):
                return decides
            return None if any(one is None for one in found) else not decides

        return ask

    def listed(self, node: Any) -> Asked:
        """Return what gives several values as one."""
        if getattr(node, "separator", op.comma_op) is not op.comma_op:
            raise UnevaluatableError(f"Cannot evaluate {type(node).__name__}")
        parts = [self.asked(one) for one in node.clauses]
        return lambda values: tuple([part(values) for part in parts])

    def inner(self, node: Any) -> Asked:
        """Return what stands for an expression around another."""
        return self.asked(node.element)


def keys_wanted(evaluator: Evaluator, criteria: Sequence[Any]) -> list[tuple[Any]] | None:
    """Return the primary keys that conditions name; None: they are about more than keys.

    So ``Class.id == 5`` asks one object, and not all that a session has.
    """
    names = evaluator.mapper.key_names
    for one in criteria if len(names) == 1 else ():
        if one.__class__ is not BinaryExpression or one.operator not in (op.eq, op.in_op):
            continue
        left, right = one.left, one.right
        if not isinstance(left, ColumnAttribute) or left.key != names[0]:
            continue
        if right.__class__ is BindParameter:
            value = evaluator.parameter(right)({})
            try:
                wanted = [value] if one.operator is op.eq else list(value)
                return [(key,) for key in dict.fromkeys(wanted)]
            except TypeError:
                # What is no key at all is compared as it is.
                return None
    return None


def _constant(value: Any) -> Asked:
    return lambda _: value


def _negated(value: Any) -> Any:
    return None if value is None else not value


def _own(how: Any) -> bool:
    """Tell whether a user's operator says what it is in Python."""
    if not isinstance(how, op.custom_op):
        return False
    if how.python_impl is None:
        raise UnevaluatableError(
            f"Custom operator {how.opstring!r} can't be evaluated in Python unless it specifies a "
            "callable using `.python_impl`."
        )
    return True


def _unknown(node: Any) -> UnevaluatableError:
    name = getattr(node.operator, "__name__", node.operator)
    return UnevaluatableError(f"Cannot evaluate {type(node).__name__} with operator {name}")


def _refuse(_: Evaluator, node: Any) -> Asked:
    raise UnevaluatableError(f"Cannot evaluate {type(node).__name__}")


def _alias(_: Evaluator, node: Any) -> Asked:
    raise UnevaluatableError(f"Cannot evaluate {node}: it is read from an alias")


Make = Callable[[Evaluator, Any], Asked]
_KINDS: Final[tuple[tuple[type, Make], ...]] = (
    (AliasedAttribute, _alias),
    (ColumnAttribute, Evaluator.attribute),
    (BindParameter, Evaluator.parameter),
    (Null, lambda _, node: _constant(None)),
    (True_, lambda _, node: _constant(True)),
    (False_, lambda _, node: _constant(False)),
    (Grouping, Evaluator.inner),
    (AsBoolean, Evaluator.as_boolean),
    (BinaryExpression, Evaluator.binary),
    (BooleanClauseList, Evaluator.several),
    (ClauseList, Evaluator.listed),
    (Tuple, Evaluator.listed),
    (UnaryExpression, Evaluator.inverted),
)
# The same by the very class, as it was found.
_MAKERS: dict[type, Make] = {}
