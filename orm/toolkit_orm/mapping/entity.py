"""A mapped class in a statement: a source whose columns are its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import declared, derived

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


@declared
class Entity(FromClause):
    """What a mapped class stands for in ``select(User)``."""

    visit_name = "entity"
    keyed_by_identity = True
    lowering = "toolkit_orm.query.lowering:lowered"

    mapper: Mapper = derived()

    @property
    def c(self) -> ColumnCollection:
        """Its column attributes, by their names."""
        found: ColumnCollection = self.remembered("columns", _attributes)
        return found

    @property
    def selectable(self) -> Any:
        """What its rows are read from."""
        return self.mapper.persist_selectable

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of its class."""
        return self.mapper.class_.__name__

    def sources(self) -> tuple[Any, ...]:
        """Return what its rows are read from."""
        return (self.selectable,)

    def __repr__(self) -> str:
        return f"<Entity {self.name}>"


def _attributes(entity: Entity) -> ColumnCollection:
    mapper = entity.mapper
    cls = mapper.class_
    return ColumnCollection((key, getattr(cls, key)) for key in mapper.column_keys)
