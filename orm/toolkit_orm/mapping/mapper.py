"""A mapper: what a class is in the database.  It is told once, and configured when first used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.errors import InvalidRequestError
from toolkit_core.nearest import nearest
from toolkit_orm.instrument.instrumentation import install, instrument, keyword_init
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.entity import Entity

if TYPE_CHECKING:
    from toolkit_orm.mapping.property import MapperProperty
    from toolkit_orm.mapping.registry import registry


class Mapper:
    """The mapping of one class to a table, or to something else with columns.

    ``props`` are its attributes by name, in the order of the columns and then as declared.
    """

    def __init__(
        self,
        class_: type[Any],
        local_table: Any,
        properties: Mapping[str, Any],
        registry: registry,
        *,
        inherits: Mapper | None = None,
    ) -> None:
        self.class_ = class_
        self.registry = registry
        self.local_table = local_table
        self.inherits = inherits
        self.base: Mapper = self if inherits is None else inherits.base
        self.persist_selectable = local_table
        self.props: dict[str, MapperProperty] = {}
        self.key_of: dict[Any, str] = {}
        self.primary_key = tuple(local_table.primary_key)
        if not self.primary_key:
            raise ArgumentError(
                f"Mapper {self} could not assemble any primary key columns for mapped table "
                f"{local_table.description!r}",
                hint="give the table a primary key, or tell __mapper_args__['primary_key'] = "
                "[columns] that tell its rows apart",
            )
        self._map(properties)
        self.entity = Entity(self)
        self._instrument()

    def _map(self, properties: Mapping[str, Any]) -> None:
        given = dict(properties)
        by_column: dict[Any, str] = {}
        for key, prop in given.items():
            for column in getattr(prop, "columns", ()):
                by_column[column] = key
        for column in self.local_table.c:
            key = by_column.get(column, column.key)
            prop = given.pop(key, None)
            self._add(key, ColumnProperty(column) if prop is None else prop)
        for key, prop in given.items():
            self._add(key, prop)

    def _add(self, key: str, prop: Any) -> None:
        prop.key = key
        prop.parent = self
        self.props[key] = prop
        for column in getattr(prop, "columns", ()):
            self.key_of[column] = key

    def _instrument(self) -> None:
        cls = self.class_
        type.__setattr__(cls, "__mapper__", self)
        type.__setattr__(cls, "__table__", self.local_table)
        type.__setattr__(cls, "__entity__", self.entity)
        instrument(cls, self)
        for key, prop in self.props.items():
            install(cls, key, prop.attribute(self), prop.setter(self))
        if cls.__init__ is object.__init__:
            type.__setattr__(cls, "__init__", keyword_init(cls))

    @property
    def expiring(self) -> frozenset[str]:
        """The attributes that expire."""
        return frozenset(self.column_keys)

    @property
    def column_keys(self) -> list[str]:
        """The names of its column attributes, in order."""
        return [key for key, prop in self.props.items() if isinstance(prop, ColumnProperty)]

    def column_of(self, prop: ColumnProperty) -> Any:
        """Return the column that an attribute is read from."""
        return prop.columns[0]

    def prop(self, key: str) -> MapperProperty:
        """Return an attribute by its name."""
        found = self.props.get(key)
        if found is None:
            raise InvalidRequestError(
                f"Mapper {self} has no property {key!r}", hint=nearest(key, self.props)
            )
        return found

    def __str__(self) -> str:
        return f"Mapper[{self.class_.__name__}({self.local_table.description})]"

    def __repr__(self) -> str:
        return f"<{self}>"
