"""The base of all expressions: a node with a type, on which Python's operators make SQL's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from toolkit_core.expression import operators as op
from toolkit_core.expression.column_operators import ColumnOperators
from toolkit_core.expression.comparator import by_type, comparator_of
from toolkit_core.expression.lent_methods import lend_to
from toolkit_core.expression.node import Node
from toolkit_core.expression.operators import Operator, operator_of
from toolkit_core.types import NULLTYPE, TypeEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, timedelta

    from toolkit_core.expression.casts import Cast
    from toolkit_core.expression.elements import BinaryExpression, Label, UnaryExpression

T = TypeVar("T")
OPT = TypeVar("OPT")


class Typed:
    """What every expression has, be it a field of its class or not."""

    type: TypeEngine[Any] = NULLTYPE
    # What a result's column is called that holds it; None: it has no name of its own.
    name: str | None = None
    # What a parameter beside it is named after.
    names_parameter: str | None = None
    # What its label begins with where that tells the source; None: its table.
    labelled_as_of: Any = None
    # Its outermost operator, for the parentheses around it.
    operator: Operator | None = None
    # What it is in a table, as only columns of one can be.
    primary_key: bool = False
    foreign_keys: Any = frozenset()
    # Whether it may stand as a condition as it is, because its operator makes it one.
    is_condition: bool = False
    # What makes the joins along it, where it is a relationship.
    join_steps: Any = None


class _NameAsKey:
    """The name, as a key of collections: of what has no key of its own."""

    def __get__(self, instance: Any, owner: Any) -> Any:
        return self if instance is None else instance.name


def _short_way(operator: Operator) -> Callable[[Any, Any], Any]:
    """Return the method of an operator that asks nobody, where the type has no say in it."""

    def operated(self: Any, other: Any) -> Any:
        if self.type.comparator_factory is None:
            return operator.build(self, operator, other)
        return self.operate(operator, other)

    return operated


class ColumnElement(ColumnOperators, Typed, Node, Generic[T]):
    """The base of all expressions."""

    if not TYPE_CHECKING:
        # What is used most takes the short way; ``operate`` says the same.
        __eq__ = _short_way(op.eq)
        __ne__ = _short_way(op.ne)
        __lt__ = _short_way(op.lt)
        __le__ = _short_way(op.le)
        __gt__ = _short_way(op.gt)
        __ge__ = _short_way(op.ge)
        __and__ = _short_way(op.and_)
        __or__ = _short_way(op.or_)

    __hash__ = object.__hash__

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.operate is not ColumnElement.operate:
            # Its operators go no short way past what it says of them.
            for name in _SHORT:
                if getattr(cls, name) is getattr(ColumnElement, name):
                    type.__setattr__(cls, name, getattr(ColumnOperators, name))

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with this expression on its left."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        factory = self.type.comparator_factory
        if factory is None:
            return operator.build(self, operator, *other, **kwargs)
        return by_type(factory(self), operator, other, kwargs, reverse=False)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with this expression on its right."""
        operator = op if isinstance(op, Operator) else operator_of(op)
        factory = self.type.comparator_factory
        if factory is None:
            return operator.build(self, operator, other, reverse=True, **kwargs)
        return by_type(factory(self), operator, (other,), kwargs, reverse=True)

    def __bool__(self) -> bool:
        raise TypeError(
            "Boolean value of this clause is not defined: an expression is true or false in the "
            "database only; use &, |, ~ or and_(), or_(), not_(), and 'is None' as .is_(None)"
        )

    def self_group(self, against: Any = None) -> Any:
        """Return the expression in parentheses, where it has an operator."""
        if self.operator is None or (against is not None and not _weaker(self, against)):
            return self
        return op.comma_op.build(self, op.comma_op)

    @property
    def expression(self) -> ColumnElement[T]:
        """The expression itself."""
        return self

    @property
    def comparator(self) -> Any:
        """What defines the operators of its type."""
        return comparator_of(self)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    if TYPE_CHECKING:
        key: str | None
    else:
        key = _NameAsKey()

    @property
    def description(self) -> str | None:
        """What messages call it."""
        return self.name

    @property
    def base_columns(self) -> frozenset[Any]:
        """The columns that it comes from and that come from no other."""
        return frozenset(one for one in self.proxy_set if len(one.proxy_set) == 1)

    @property
    def proxy_set(self) -> frozenset[Any]:
        """The column, and all that it comes from."""
        return frozenset((self,))

    def shares_lineage(self, othercolumn: ColumnElement[Any]) -> bool:
        """Tell whether both come from the same column.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.table_clause import table
        >>> person = table("person", column("id"), column("boss"))
        >>> other = person.alias().c.id
        >>> other.shares_lineage(person.c.id), other.shares_lineage(person.c.boss)
        (True, False)
        """
        return not self.proxy_set.isdisjoint(othercolumn.proxy_set)

    def label(self, name: str | None) -> Label[T]:
        """Give the expression a name in the result; None: one that is found for it."""
        made: Label[T] = op.OPERATORS["label"].build(self, name)
        return made

    def cast(self, type_: TypeEngine[OPT] | type[TypeEngine[OPT]]) -> Cast[OPT]:
        """Return ``CAST(self AS type)``."""
        made: Cast[OPT] = op.OPERATORS["cast"].build(self, type_)
        return made

    def compare(self, other: Any, **kw: Any) -> bool:
        """Tell whether the other has the same structure and the same values."""
        return Node.compare(self, other, **kw)

    if TYPE_CHECKING:

        def __eq__(self, other: object) -> ColumnElement[bool]: ...  # type: ignore[override]
        def __ne__(self, other: object) -> ColumnElement[bool]: ...  # type: ignore[override]
        def __lt__(self, other: Any) -> ColumnElement[bool]: ...
        def __le__(self, other: Any) -> ColumnElement[bool]: ...
        def __gt__(self, other: Any) -> ColumnElement[bool]: ...
        def __ge__(self, other: Any) -> ColumnElement[bool]: ...
        def __and__(self, other: Any) -> ColumnElement[bool]: ...
        def __or__(self, other: Any) -> ColumnElement[bool]: ...
        def __rand__(self, other: Any) -> ColumnElement[bool]: ...
        def __ror__(self, other: Any) -> ColumnElement[bool]: ...
        def __invert__(self) -> ColumnElement[bool]: ...
        def is_(self, other: Any) -> BinaryExpression[bool]: ...
        def is_not(self, other: Any) -> BinaryExpression[bool]: ...
        def isnot(self, other: Any) -> BinaryExpression[bool]: ...
        def is_distinct_from(self, other: Any) -> ColumnElement[bool]: ...
        def is_not_distinct_from(self, other: Any) -> ColumnElement[bool]: ...
        def between(
            self, cleft: Any, cright: Any, symmetric: bool = False
        ) -> BinaryExpression[bool]: ...
        def in_(self, other: Any) -> BinaryExpression[bool]: ...
        def not_in(self, other: Any) -> BinaryExpression[bool]: ...
        def notin_(self, other: Any) -> BinaryExpression[bool]: ...
        def like(self, other: Any, escape: str | None = None) -> BinaryExpression[bool]: ...
        def not_like(self, other: Any, escape: str | None = None) -> BinaryExpression[bool]: ...
        def ilike(self, other: Any, escape: str | None = None) -> BinaryExpression[bool]: ...
        def not_ilike(self, other: Any, escape: str | None = None) -> BinaryExpression[bool]: ...
        def startswith(
            self, other: Any, escape: str | None = None, autoescape: bool = False
        ) -> ColumnElement[bool]: ...
        def endswith(
            self, other: Any, escape: str | None = None, autoescape: bool = False
        ) -> ColumnElement[bool]: ...
        def contains(self, other: Any, **kw: Any) -> ColumnElement[bool]: ...
        def match(self, other: Any, **kwargs: Any) -> ColumnElement[bool]: ...
        def regexp_match(self, pattern: Any, flags: str | None = None) -> ColumnElement[bool]: ...
        def concat(self, other: Any) -> ColumnElement[str]: ...
        def desc(self) -> UnaryExpression[T]: ...
        def asc(self) -> UnaryExpression[T]: ...
        def nulls_first(self) -> UnaryExpression[T]: ...
        def nulls_last(self) -> UnaryExpression[T]: ...
        def collate(self, collation: str) -> ColumnElement[str]: ...
        def distinct(self) -> UnaryExpression[T]: ...
        def any_(self) -> ColumnElement[Any]: ...
        def all_(self) -> ColumnElement[Any]: ...
        @overload
        def op(
            self,
            opstring: str,
            precedence: int = ...,
            is_comparison: bool = ...,
            *,
            return_type: TypeEngine[OPT] | Callable[[], TypeEngine[OPT]],
            python_impl: Callable[..., Any] | None = None,
        ) -> Callable[[Any], BinaryExpression[OPT]]: ...
        @overload
        def op(
            self,
            opstring: str,
            precedence: int = ...,
            is_comparison: bool = ...,
            return_type: Any = ...,
            python_impl: Callable[..., Any] | None = ...,
        ) -> Callable[[Any], BinaryExpression[Any]]: ...
        def op(self, *args: Any, **kw: Any) -> Callable[[Any], BinaryExpression[Any]]: ...
        @overload
        def __add__(
            self: ColumnElement[date] | ColumnElement[timedelta], other: Any
        ) -> ColumnElement[Any]: ...
        @overload
        def __add__(self, other: Any) -> ColumnElement[T]: ...
        def __add__(self, other: Any) -> ColumnElement[Any]: ...
        def __radd__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __sub__(
            self: ColumnElement[date] | ColumnElement[timedelta], other: Any
        ) -> ColumnElement[Any]: ...
        @overload
        def __sub__(self, other: Any) -> ColumnElement[T]: ...
        def __sub__(self, other: Any) -> ColumnElement[Any]: ...
        def __rsub__(self, other: Any) -> ColumnElement[Any]: ...
        def __mul__(self, other: Any) -> ColumnElement[T]: ...
        def __rmul__(self, other: Any) -> ColumnElement[T]: ...
        def __truediv__(self, other: Any) -> ColumnElement[Any]: ...
        def __rtruediv__(self, other: Any) -> ColumnElement[Any]: ...
        def __floordiv__(self, other: Any) -> ColumnElement[T]: ...
        def __rfloordiv__(self, other: Any) -> ColumnElement[T]: ...
        def __mod__(self, other: Any) -> ColumnElement[T]: ...
        def __rmod__(self, other: Any) -> ColumnElement[T]: ...
        def __pow__(self, other: Any) -> ColumnElement[T]: ...
        def __neg__(self) -> ColumnElement[T]: ...
        def __getitem__(self, index: Any) -> ColumnElement[Any]: ...
        def bitwise_and(self, other: Any) -> ColumnElement[T]: ...
        def bitwise_or(self, other: Any) -> ColumnElement[T]: ...
        def bitwise_xor(self, other: Any) -> ColumnElement[T]: ...
        def bitwise_not(self) -> ColumnElement[T]: ...
        def bitwise_lshift(self, other: Any) -> ColumnElement[T]: ...
        def bitwise_rshift(self, other: Any) -> ColumnElement[T]: ...


# The operators that do not ask ``operate`` what they mean.
_SHORT = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__and__", "__or__")
lend_to(ColumnElement)


def _weaker(found: ColumnElement[Any], against: Any) -> bool:
    operator = found.operator
    if operator is None or (operator is against and operator.associative):
        return False
    return operator.strength <= operator_of(against).strength
