"""Arrays made of expressions, and what compares with their items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.expressions import (
    ColumnElement,
    children,
    declared,
    derived,
    expression,
    func,
    operators,
    value,
)
from toolkit_core.dialect.types import NULLTYPE, TypeEngine, to_instance
from toolkit_postgresql.types.array import ARRAY


@declared
class ArrayOf(ColumnElement[Any]):
    """``ARRAY[...]``."""

    visit_name = "array"

    items: tuple[ColumnElement[Any], ...] = children()
    # The key of a type that was given, which is written behind an array without items.
    type_key: object = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def clauses(self) -> tuple[ColumnElement[Any], ...]:
        """The items."""
        return self.items


def array(clauses: Iterable[Any], *, type_: Any = None) -> ArrayOf:
    """Return an array of expressions and values; of arrays it has one dimension more.

    >>> array([1, 2]).type
    ARRAY(Integer())
    >>> array([array([1]), array([2])]).type
    ARRAY(Integer(), dimensions=2)
    """
    if isinstance(clauses, str) or not isinstance(clauses, Iterable):
        raise ArgumentError(
            f"array() takes the items, not {clauses!r}",
            hint="of the rows of a SELECT, func.array(select(...).scalar_subquery()) makes one",
        )
    given = None if type_ is None else to_instance(type_)
    items = tuple([expression(one, given) for one in clauses])
    inner = given or (items[0].type if items else NULLTYPE)
    if isinstance(inner, ARRAY):
        whole = inner.adapt(ARRAY, dimensions=(inner.dimensions or 1) + 1)
    else:
        whole = ARRAY(inner)
    return ArrayOf(items, None if given is None else whole.static_key(), whole)


def array_agg(*arg: Any, **kw: Any) -> Any:
    """Return ``func.array_agg()`` with PostgreSQL's ARRAY as its type."""
    made = func.array_agg(*arg, **kw)
    kind = made.type
    return func.array_agg(*arg, **{**kw, "type_": kind.adapt(ARRAY)})


def Any_(other: Any, arrexpr: Any, operator: Any = operators.eq) -> ColumnElement[bool]:  # noqa: N802 - documented as Any
    """Return whether a comparison holds for one item of an array."""
    return arrexpr.any(other, operator)  # type: ignore[no-any-return]


def All(other: Any, arrexpr: Any, operator: Any = operators.eq) -> ColumnElement[bool]:  # noqa: N802 - a documented name
    """Return whether a comparison holds for all items of an array."""
    return arrexpr.all(other, operator)  # type: ignore[no-any-return]
