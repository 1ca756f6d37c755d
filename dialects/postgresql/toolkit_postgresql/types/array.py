"""Arrays.  https://www.postgresql.org/docs/current/arrays.html."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.expressions import ArrayComparator, ColumnElement, custom_op
from toolkit_core.dialect.types import (
    ARRAY as STANDARD_ARRAY,
)
from toolkit_core.dialect.types import (
    Processor,
    TypeDialect,
    TypeEngine,
    Writes,
    each,
)
from toolkit_postgresql.types.array_text import items_of
from toolkit_postgresql.types.operators import comparing
from toolkit_postgresql.types.table import postgresql_types

CONTAINS = comparing("@>")
CONTAINED_BY = comparing("<@")
OVERLAP = comparing("&&")


class Comparator(ArrayComparator):
    """The operators of arrays."""

    def contains(self, other: Any, **kwargs: Any) -> ColumnElement[bool]:
        """Whether all items of another array are in this one."""
        return self._applied(CONTAINS, other)

    def contained_by(self, other: Any) -> ColumnElement[bool]:
        """Whether all items of this array are in another one."""
        return self._applied(CONTAINED_BY, other)

    def overlap(self, other: Any) -> ColumnElement[bool]:
        """Whether two arrays have an item in common."""
        return self._applied(OVERLAP, other)

    def _applied(self, operator: custom_op, other: Any) -> ColumnElement[bool]:
        return operator.build(self.expr, operator, other)  # type: ignore[no-any-return]


class ARRAY(STANDARD_ARRAY[Any]):
    """PostgreSQL's arrays, which know what they contain."""

    Comparator: Any = Comparator
    comparator_factory: Any = Comparator


@postgresql_types.result(STANDARD_ARRAY)
def read_array(type_: STANDARD_ARRAY[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Do to each item what its type does; of types that it does not know the driver gives text."""
    here = type_.item_type.dialect_impl(dialect)
    item = here.result_processor(dialect, coltype)
    collect: Any = tuple if type_.as_tuple else list
    convert = each(_unless_null(item), type_.dimensions, collect)
    if item is None and not type_.as_tuple:
        return lambda value: items_of(value) if isinstance(value, str) else value
    return lambda value: convert(items_of(value) if isinstance(value, str) else value)


def _unless_null(item: Processor | None) -> Processor | None:
    if item is None:
        return None
    return lambda value: None if value is None else item(value)


@postgresql_types.bind(STANDARD_ARRAY)
def bind_array(type_: STANDARD_ARRAY[Any], dialect: TypeDialect) -> Processor:
    """Do to each item what its type does; the drivers want lists."""
    item = type_.item_type.dialect_impl(dialect).bind_processor(dialect)
    return each(_unless_null(item), type_.dimensions, list)


@postgresql_types.literal(STANDARD_ARRAY)
def write_array(type_: STANDARD_ARRAY[Any], dialect: TypeDialect) -> Writes | None:
    """Write the items between brackets, and the type, without which an empty array is none."""
    write = type_.item_type.dialect_impl(dialect).literal_processor(dialect)
    if write is None:
        return None

    def item(value: Any) -> str:
        return "NULL" if value is None else write(value)

    whole = each(item, type_.dimensions, lambda items: f"ARRAY[{', '.join(items)}]")
    kind = type_.compile(dialect)
    return lambda value: f"{whole(value)}::{kind}"


def item_type(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type of an array's items, or another type itself."""
    return type_.item_type if isinstance(type_, STANDARD_ARRAY) else type_
