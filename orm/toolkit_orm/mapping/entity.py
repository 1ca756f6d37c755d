"""A mapped class in a statement: a source whose columns are its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import declared, derived
from toolkit_orm.instrument import by_reference
from toolkit_orm.mapping.exported_columns import exported_columns

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


class AttributeNames:
    """The attributes of a class, or of an alias of one, by the names that ``filter_by()`` uses."""

    __slots__ = ("_mapper", "_of")

    def __init__(self, of: Any, mapper: Mapper) -> None:
        self._of = of
        self._mapper = mapper

    def __contains__(self, name: str) -> bool:
        return name in self._mapper.props or hasattr(self._of, name)

    def __getitem__(self, name: str) -> Any:
        return getattr(self._of, name)

    def keys(self) -> list[str]:
        """Return the names."""
        return list(self._mapper.props)


@declared
class Entity(FromClause):
    """What a mapped class stands for in ``select(User)``."""

    visit_name = "entity"
    keyed_by_identity = True
    lowering = "toolkit_orm.query.lowering:lowered"

    mapper: Mapper = derived()

    def __reduce__(self) -> Any:
        return by_reference.of_entity(self.mapper)

    @property
    def c(self) -> ColumnCollection:
        """Its column attributes, by their names."""
        mapper = self.mapper
        found: ColumnCollection | None = mapper.memo.get("entity_columns")
        if found is None:
            cls = mapper.class_
            pairs = [(key, getattr(cls, key)) for key in mapper.column_keys]
            found = mapper.memo["entity_columns"] = ColumnCollection(pairs)
        return found

    @property
    def exported_columns(self) -> ColumnCollection:
        """Its columns, as a subquery of the class has them: by their own names."""
        mapper = self.mapper
        found: ColumnCollection | None = mapper.memo.get("exported_columns")
        if found is None:
            columns = exported_columns(mapper, mapper.with_polymorphic_mappers)
            pairs = [(one.key, one.column) for one in columns]
            found = mapper.memo["exported_columns"] = ColumnCollection(pairs)
        return found

    @property
    def entity_namespace(self) -> Any:
        """What ``filter_by()`` finds names in."""
        return AttributeNames(self.mapper.class_, self.mapper)

    @property
    def selectable(self) -> Any:
        """What its rows are read from."""
        return self.mapper.persist_selectable

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of its class."""
        return self.mapper.class_.__name__

    @property
    def shown(self) -> type[Any]:
        """The class."""
        return self.mapper.class_

    def described(self) -> dict[str, Any]:
        """Return what ``column_descriptions`` says of it."""
        cls = self.shown
        return {"name": self.name, "type": cls, "aliased": False, "expr": cls, "entity": cls}

    def attribute(self, key: str) -> Any:
        """Return an attribute of the class by its name."""
        return getattr(self.mapper.class_, key)

    def attribute_of(self, column: Any) -> Any:
        """Return the attribute that stands for a column; the column itself, if none does."""
        key = self.mapper.key_of.get(column)
        return column if key is None else getattr(self.mapper.class_, key)

    def sources(self) -> tuple[Any, ...]:
        """Return what its rows are read from."""
        return (self.selectable,)

    def __repr__(self) -> str:
        return f"<Entity {self.name}>"
