"""Expressions: what has a type and stands where a value may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.expression.node import (
    Key,
    Node,
    child,
    children,
    derived,
    find_key,
    new_key,
    value,
)
from toolkit_core.types import NULLTYPE, PLAIN, Boolean, TypeEngine, type_of_value

if TYPE_CHECKING:
    from toolkit_core.expression.operators import Operator

T = TypeVar("T")

BOOLEAN = Boolean()


class Typed:
    """What every expression has, be it a field of its class or not."""

    type: TypeEngine[Any] = NULLTYPE
    # What a result's column is called that holds it; None: it has no name of its own.
    name: str | None = None


class ColumnElement(Typed, Node, Generic[T]):
    """The base of all expressions; Python's operators on it make SQL's."""

    def operate(self, operator: Operator, *others: Any, **options: Any) -> ColumnElement[Any]:
        """Apply an operator, with this expression on its left."""
        (other,) = others
        return compared(self, operator, other)

    # -- comparisons ----------------------------------------------------------------------

    def __eq__(self, other: object) -> ColumnElement[bool]:  # type: ignore[override]
        return compared(self, op.eq, other)

    def __ne__(self, other: object) -> ColumnElement[bool]:  # type: ignore[override]
        return compared(self, op.ne, other)

    def __lt__(self, other: Any) -> ColumnElement[bool]:
        return compared(self, op.lt, other)

    def __le__(self, other: Any) -> ColumnElement[bool]:
        return compared(self, op.le, other)

    def __gt__(self, other: Any) -> ColumnElement[bool]:
        return compared(self, op.gt, other)

    def __ge__(self, other: Any) -> ColumnElement[bool]:
        return compared(self, op.ge, other)

    __hash__ = object.__hash__

    # -- truth ----------------------------------------------------------------------------

    def __and__(self, other: Any) -> ColumnElement[bool]:
        return joined(op.and_, (self, other))

    def __or__(self, other: Any) -> ColumnElement[bool]:
        return joined(op.or_, (self, other))

    def __bool__(self) -> bool:
        raise TypeError(
            "Boolean value of this clause is not defined: an expression is true or false in the "
            "database only; use &, |, ~ or and_(), or_(), not_(), and 'is None' as .is_(None)"
        )

    # -- names ----------------------------------------------------------------------------

    def label(self, name: str) -> Label[T]:
        """Give the expression a name in the result."""
        return Label(name, self, type=self.type)


class BindParameter(ColumnElement[T]):
    """A value, which travels beside the SQL and never in it.

    ``key`` is its name where the user gave one; ``hint`` is what an anonymous one is named after.
    """

    visit_name = "bindparam"

    key: str | None = value(default=None)
    hint: str | None = value(default=None)
    expanding: bool = value(default=False)
    required: bool = value(default=False)
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    value: Any = derived(default=None)

    def _make_key(self) -> Key:
        type_ = self.type
        parts = (
            BindParameter,
            self.key,
            self.hint,
            type_.static_key(),
            self.expanding,
            self.required,
        )
        key = find_key(parts) or new_key(parts)
        self._leaves = (self,)
        self._key = key
        return key

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other has the same value."""
        return isinstance(other, BindParameter) and bool(self.value == other.value)

    def __repr__(self) -> str:
        return f"BindParameter({self.key!r}, {self.value!r}, type={self.type!r})"


class BinaryExpression(ColumnElement[T]):
    """Two expressions with an operator between them."""

    visit_name = "binary"

    left: ColumnElement[Any] = child()
    operator: Operator = value()
    right: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


class BooleanClauseList(ColumnElement[bool]):
    """Conditions that AND or OR joins."""

    visit_name = "clauselist"

    operator: Operator = value()
    clauses: tuple[ColumnElement[Any], ...] = children()
    type: TypeEngine[Any] = derived(default=BOOLEAN)


class Label(ColumnElement[T]):
    """An expression with a name."""

    visit_name = "label"

    name: str = value()
    element: ColumnElement[T] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


class Null(ColumnElement[None]):
    """``NULL``."""

    visit_name = "null"


NULL = Null()


def bound(found: Any, like: ColumnElement[Any]) -> BindParameter[Any]:
    """Return a value as a parameter, of the type that fits beside an expression."""
    made: BindParameter[Any] = BindParameter()
    made.value = found
    mine = like.type
    suggested = PLAIN.get(found.__class__)
    if suggested.__class__ is mine.__class__:
        made.type = mine
    else:
        made.type = mine.for_value(found, suggested or type_of_value(found))
    made.hint = like.name
    return made


def operand(found: Any, like: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what stands beside an expression: an expression, or a value as a parameter."""
    if found.__class__ in PLAIN:
        return bound(found, like)
    if isinstance(found, ColumnElement):
        return found
    if isinstance(found, Node):
        raise ArgumentError(f"SQL expression element expected, got {found!r}")
    return bound(found, like)


def compared(left: ColumnElement[Any], operator: Operator, right: Any) -> ColumnElement[Any]:
    """Return a comparison; with None it is IS and IS NOT."""
    if right is None and operator in (op.eq, op.ne):
        operator = op.is_ if operator is op.eq else op.is_not
        right = NULL
    else:
        right = operand(right, left)
    made: BinaryExpression[Any] = BinaryExpression.__new__(BinaryExpression)
    made.left = left
    made.operator = operator
    made.right = right
    made.type = BOOLEAN
    return made


def joined(operator: Operator, clauses: tuple[Any, ...]) -> ColumnElement[bool]:
    """Return conditions joined by AND or OR; those of the same operator become one list."""
    flat: list[ColumnElement[Any]] = []
    for clause in clauses:
        if isinstance(clause, BooleanClauseList) and clause.operator is operator:
            flat.extend(clause.clauses)
        else:
            flat.append(clause)
    return flat[0] if len(flat) == 1 else BooleanClauseList(operator, tuple(flat))
