"""The CHECK that a type asks for where the database has no such type: Boolean and Enum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.casts import type_coerce
from toolkit_core.schema.constraint import CheckConstraint
from toolkit_core.schema.type_schemas import settle_type
from toolkit_core.types import (
    Boolean,
    DateTime,
    Float,
    Integer,
    NullType,
    String,
    TypeEngine,
)
from toolkit_core.types.schema_type import SchemaType

if TYPE_CHECKING:
    from toolkit_core.schema.column import Column
    from toolkit_core.schema.table import Table


def constrain_by_type(column: Column[Any], table: Table) -> None:
    """Add to a table what the type of a column asks for, on whichever dialect."""
    own: Any = column.type
    if own._variants is None and own.__class__ in _PLAIN:
        return
    settle_type(own, table)
    for type_ in schema_types(own):
        if getattr(type_, "create_constraint", False):
            name = None if type_.name is None else str(type_.name)
            CheckConstraint(
                condition(column, type_),
                name=name,
                _create_rule=IsEmulated(column, type_),
                _type_bound=True,
            )


# Types that most columns have, and that ask for nothing.
_PLAIN = frozenset({Integer, String, Float, NullType, DateTime})


def schema_types(type_: TypeEngine[Any]) -> Iterator[Any]:
    """Yield the types with a name of their own that a type is, or is on some dialect."""
    for one in (type_, *(type_._variants or {}).values()):
        inner: Any = one
        # Of decorators and enumerations is known what they have: most programs need neither.
        while hasattr(inner, "load_dialect_impl"):
            inner = inner.impl
        if isinstance(inner, SchemaType):
            yield inner


def condition(column: Column[Any], type_: Any) -> Any:
    """Return what must hold of a column's values."""
    if isinstance(type_, Boolean):
        return type_coerce(column, Integer()).in_([0, 1])
    return type_coerce(column, String()).in_(list(type_.enums))


class IsEmulated:
    """Tells for a dialect whether a column is of this very type there, and not a native one."""

    def __init__(self, column: Column[Any], type_: Any) -> None:
        self.column = column
        self.type = type_

    def __call__(self, w: Any) -> bool:
        """Tell it of the dialect that is written for."""
        dialect = w.dialect
        here: Any = self.column.type.dialect_impl(dialect)
        while hasattr(here, "load_dialect_impl"):
            here = here.type_engine(dialect)
        if here is not self.type:
            return False
        if not isinstance(here, Boolean):
            return not (here.native_enum and dialect.capabilities.native_enum)
        return not dialect.capabilities.native_boolean
