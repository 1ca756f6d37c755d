"""The columns that a subquery of a class has: ``select(User).subquery().c``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit_orm.mapping.column_property import ColumnProperty

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


class ExportedColumn(NamedTuple):
    """A column, or an expression, with the attribute that it is read for."""

    key: str
    column: Any
    prop: ColumnProperty


def exported_columns(
    mapper: Mapper, below: Sequence[Mapper] = (), *, of_alias: bool = False
) -> list[ExportedColumn]:
    """Return the columns of a class, and of the subclasses that are loaded with it.

    They go by their own names, expressions by those of their attributes; an attribute of several
    tables has all of its columns there, or the first of them in an alias.  Expressions that are
    only loaded when they are asked for are left out, and so are those that each query says itself.
    """
    found: dict[Any, ExportedColumn] = {}
    for one in (mapper, *below):
        for key in one.column_keys:
            prop: Any = one.props[key]
            for column in prop.columns[:1] if of_alias else prop.columns:
                if getattr(column, "table", None) is not None:
                    made = ExportedColumn(column.key or column.name, column, prop)
                elif prop.deferred or getattr(prop, "of_query", False):
                    continue
                else:
                    made = ExportedColumn(key, column, prop)
                found.setdefault(id(column), made)
    return list(found.values())
