"""A mapper: what a class is in the database.  It is told once, and configured when first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.inspectable import inspects_itself
from toolkit_core.nearest import nearest
from toolkit_core.plugins import load_object
from toolkit_orm.errors import UnmappedColumnError
from toolkit_orm.instrument import by_reference
from toolkit_orm.instrument.class_manager import ClassManager
from toolkit_orm.instrument.inspection_attr import InspectionAttr
from toolkit_orm.instrument.state import state_of
from toolkit_orm.mapping import instrumented_class
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.configuration import configure_registry
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.identity import identity_key, primary_key_values
from toolkit_orm.mapping.inheritance import primary_key_of, take_polymorphism, take_tables
from toolkit_orm.mapping.mapped_columns import map_columns
from toolkit_orm.mapping.mapper_events import events_of, tell_mapped, tell_mapping
from toolkit_orm.mapping.property_views import PropertyCollection
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.mapping.synonym import SynonymProperty

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.inheritance import Pairs
    from toolkit_orm.mapping.property import MapperProperty
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class

Version = Callable[[Any], Any]
# It looks into objects and sessions, and stands above.
_CASCADE = "toolkit_orm.unit_of_work.relations:cascade"


@inspects_itself
class Mapper(InspectionAttr):
    """The mapping of one class to a table, or to something else with columns.

    ``props`` are its attributes by name: those of its parent, then the columns of its own table,
    then the others as declared.  Who asks for what depends on other classes has them configured
    first: ``attrs`` and its sisters do so.
    """

    # What ``take_tables`` and ``take_polymorphism`` find out.
    persist_selectable: Any
    tables: list[Any]
    inherit_condition: Any
    # Of joined tables: the parent's columns, each with the one here that has its value.
    inherit_pairs: Pairs
    single: bool
    polymorphic_on: Any
    # The name of the attribute that tells the classes of the hierarchy apart.
    polymorphic_key: str | None
    polymorphic_map: dict[Any, Mapper]
    version_id_col: Any
    version_id_generator: Any

    is_mapper = True
    configured = False
    concrete = False

    def __init__(
        self,
        class_: type[Any],
        local_table: Any = None,
        properties: Mapping[str, Any] | None = None,
        registry: Registry | None = None,
        *,
        primary_key: Any = None,
        inherits: Mapper | type[Any] | None = None,
        inherit_condition: Any = None,
        inherit_foreign_keys: Any = None,
        always_refresh: bool = False,
        version_id_col: Any = None,
        version_id_generator: Version | bool | None = None,
        polymorphic_on: Any = None,
        polymorphic_identity: Any = None,
        concrete: bool = False,
        with_polymorphic: Any = None,
        polymorphic_abstract: bool = False,
        polymorphic_load: str | None = None,
        allow_partial_pks: bool = True,
        batch: bool = True,
        column_prefix: str | None = None,
        include_properties: Any = None,
        exclude_properties: Any = None,
        passive_updates: bool = True,
        passive_deletes: bool = False,
        confirm_deleted_rows: bool = True,
        eager_defaults: Any = "auto",
        legacy_is_orphan: bool = False,
    ) -> None:
        if registry is None:
            raise InvalidRequestError(
                "The _mapper() function and Mapper() constructor may not be invoked directly "
                "outside of a declarative registry.",
                hint="registry().map_imperatively(Class, table)",
            )
        if concrete:
            raise ArgumentError(
                f"concrete inheritance of {class_.__name__} cannot be mapped",
                hint="single-table or joined-table inheritance",
            )
        instrumented_class.check_unmapped(class_)
        instrumented_class.check_table(class_, local_table, inherits)
        self.class_ = class_
        self.registry = registry
        self.local_table = local_table
        self.inherits = instrumented_class.mapper_above(inherits)
        self.base: Mapper = self if self.inherits is None else self.inherits.base
        self.children: list[Mapper] = []
        self.always_refresh = always_refresh
        self.polymorphic_identity = polymorphic_identity
        self.polymorphic_abstract = polymorphic_abstract
        self.polymorphic_load = _checked_load(polymorphic_load)
        self.with_polymorphic = _checked_with(with_polymorphic)
        self.inherit_foreign_keys = inherit_foreign_keys
        self.allow_partial_pks = allow_partial_pks
        self.batch = batch
        self.column_prefix = column_prefix
        self.include_properties = include_properties
        self.exclude_properties = exclude_properties
        self.passive_updates = passive_updates
        above = self.inherits
        self.passive_deletes: bool = passive_deletes or (
            above is not None and above.passive_deletes
        )
        self.confirm_deleted_rows = confirm_deleted_rows
        self.eager_defaults = eager_defaults
        self.legacy_is_orphan = legacy_is_orphan
        self.hooks_called: set[str] = set()
        # What follows from its attributes, and is found out once.
        self.memo: dict[str, Any] = {}
        # What stood on the class before it was mapped.
        self.given: dict[str, Any] = {}
        take_tables(self, inherit_condition)
        self.props: dict[str, MapperProperty] = {}
        self.key_of: dict[Any, str] = {}
        self.validators = instrumented_class.validators_of(class_)
        self.reconstructor = instrumented_class.reconstructor_of(class_)
        map_columns(self, properties or {})
        self.primary_key: tuple[Any, ...] = primary_key_of(self, primary_key)
        self._check_primary_key()
        take_polymorphism(self, polymorphic_on)
        self._take_version(version_id_col, version_id_generator)
        self.entity = Entity(self)
        tell_mapping(self)
        instrumented_class.instrument_class(self)
        if self.inherits is not None:
            self.inherits.children.append(self)
        registry._enter(self)
        tell_mapped(self)

    def _check_primary_key(self) -> None:
        if not self.primary_key:
            raise ArgumentError(
                f"Mapper {self} could not assemble any primary key columns for mapped table "
                f"'{self.persist_selectable.description}'",
                hint="give the table a primary key, or tell __mapper_args__['primary_key'] = "
                "[columns] that tell its rows apart",
            )

    def _take_version(self, column: Any, generator: Version | bool | None) -> None:
        parent = self.inherits
        if column is None and parent is not None:
            self.version_id_col = parent.version_id_col
            self.version_id_generator = parent.version_id_generator
            return
        self.version_id_col = column
        # None: counted up from one; False: the server does it.
        self.version_id_generator = _count if generator is None else generator

    # -- its attributes -------------------------------------------------------------------

    def put(self, key: str, prop: Any) -> None:
        """Have an attribute; it is put on the class by ``add_property``."""
        if prop.parent is None:
            prop.key = key
            prop.parent = self
        self.props[key] = prop
        if isinstance(prop, ColumnProperty):
            for column in prop.columns:
                self.key_of[column] = key

    def add_property(self, key: str, prop: Any) -> None:
        """Add an attribute to the class, and to the classes below that have none of that name."""
        made = instrumented_class.as_property(prop)
        there = self.key_of.get(made.columns[0]) if isinstance(made, ColumnProperty) else None
        if there is not None and there != key and isinstance(self.props[there], ColumnProperty):
            instrumented_class.take_off(self, there)
        self.put(key, made)
        self.forget()
        instrumented_class.put_on(self, key)
        for child in self.children:
            if key not in child.class_.__dict__:
                child.inherit_property(key, made)
        if self.configured:
            self.configured = False
            self.registry._unsettle(self)

    def inherit_property(self, key: str, prop: MapperProperty) -> None:
        """Have an attribute that the parent was given later."""
        self.put(key, prop.copy_to(self))
        self.forget()
        instrumented_class.put_on(self, key)
        for child in self.children:
            if key not in child.class_.__dict__:
                child.inherit_property(key, prop)

    def add_properties(self, dict_of_properties: Mapping[str, Any]) -> None:
        """Add several attributes to the class."""
        for key, prop in dict_of_properties.items():
            self.add_property(key, prop)

    def forget(self) -> None:
        """Forget what follows from its attributes: they have changed."""
        self.memo.clear()

    def _remembered(self, name: str, find: Callable[[], Any]) -> Any:
        found = self.memo.get(name)
        if found is None:
            found = self.memo[name] = find()
        return found

    @property
    def expiring(self) -> frozenset[str]:
        """The attributes that expire."""
        found: frozenset[str] = self._remembered("expiring", lambda: frozenset(self.column_keys))
        return found

    @property
    def column_keys(self) -> list[str]:
        """The names of its column attributes, in order."""
        found: list[str] = self._remembered(
            "column_keys",
            lambda: [key for key, prop in self.props.items() if isinstance(prop, ColumnProperty)],
        )
        return found

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names of the attributes that have its primary key."""
        found: tuple[str, ...] = self._remembered(
            "key_names", lambda: tuple(self.key_of[column] for column in self.primary_key)
        )
        return found

    def column_of(self, prop: ColumnProperty) -> Any:
        """Return the column that an attribute is read from."""
        return prop.columns[0]

    def prop(self, key: str) -> MapperProperty:
        """Return an attribute by its name."""
        found = self.props.get(key)
        if found is None:
            raise InvalidRequestError(
                f"Mapper '{self}' has no property '{key}'.  If this property was indicated from "
                "other mappers or configure events, ensure registry.configure() has been called.",
                hint=self.nearest_key(key),
            )
        return found

    def nearest_key(self, key: str) -> str | None:
        """Return a hint with the attribute that was probably meant."""
        near = nearest(key, self.props)
        return None if near is None else f"{self.class_.__name__}.{near}"

    def get_property(self, key: str, _configure_mappers: bool = True) -> MapperProperty:
        """Return an attribute by its name."""
        if _configure_mappers:
            self.check_configure()
        return self.prop(key)

    def get_property_by_column(self, column: Any) -> MapperProperty:
        """Return the attribute that stands for a column."""
        key = self.key_of.get(column)
        if key is None:
            raise UnmappedColumnError(
                f"No column {column} is configured on mapper {self}...",
                hint=f"it has {', '.join(self.props)}",
            )
        return self.props[key]

    def has_property(self, key: str) -> bool:
        """Tell whether there is an attribute of that name."""
        return key in self.props

    @property
    def iterate_properties(self) -> Iterator[MapperProperty]:
        """All its attributes."""
        self.check_configure()
        return iter(list(self.props.values()))

    @property
    def attrs(self) -> PropertyCollection[MapperProperty]:
        """All its attributes by name."""
        self.check_configure()
        return PropertyCollection(self.props)

    @property
    def column_attrs(self) -> PropertyCollection[ColumnProperty]:
        """Its columns and SQL expressions."""
        return self._of_kind(ColumnProperty)

    @property
    def relationships(self) -> PropertyCollection[RelationshipProperty[Any]]:
        """Its relationships."""
        return self._of_kind(RelationshipProperty)

    @property
    def synonyms(self) -> PropertyCollection[SynonymProperty[Any]]:
        """Its synonyms."""
        return self._of_kind(SynonymProperty)

    def _of_kind(self, kind: type[Any]) -> PropertyCollection[Any]:
        self.check_configure()
        return PropertyCollection(
            {key: prop for key, prop in self.props.items() if isinstance(prop, kind)}
        )

    @property
    def all_orm_descriptors(self) -> PropertyCollection[Any]:
        """All that is mapped on the class and its mixins, as it stands there."""
        self.check_configure()
        found: dict[str, Any] = {}
        for parent in self.class_.__mro__:
            for key, member in parent.__dict__.items():
                if isinstance(member, InspectionAttr) and not isinstance(member, Mapper):
                    found.setdefault(key, getattr(self.class_, key, member))
        return PropertyCollection(found)

    @property
    def c(self) -> ColumnCollection:
        """Its columns, by the names of the attributes."""
        found: ColumnCollection = self._remembered(
            "columns",
            lambda: ColumnCollection(
                (key, self.column_of(prop))
                for key, prop in self.props.items()
                if isinstance(prop, ColumnProperty)
            ),
        )
        return found

    columns = c

    @property
    def selectable(self) -> Any:
        """What its rows are read from."""
        return self.persist_selectable

    def primary_mapper(self) -> Mapper:
        """Return the mapper of the class: there is no other."""
        return self

    @property
    def mapper(self) -> Mapper:
        """Itself: what is inspected may be an alias of a class as well."""
        return self

    @property
    def entity_namespace(self) -> type[Any]:
        """What ``filter_by()`` finds names in: the class."""
        return self.class_

    # -- its hierarchy --------------------------------------------------------------------

    @property
    def self_and_descendants(self) -> tuple[Mapper, ...]:
        """The mapper and those of the classes below."""
        return tuple(self.polymorphic_iterator())

    def polymorphic_iterator(self) -> Iterator[Mapper]:
        """Yield the mapper and those of the classes below, the nearest first."""
        waiting = [self]
        while waiting:
            mapper = waiting.pop(0)
            yield mapper
            waiting += mapper.children

    def iterate_to_root(self) -> Iterator[Mapper]:
        """Yield the mapper and those of the classes above."""
        mapper: Mapper | None = self
        while mapper is not None:
            yield mapper
            mapper = mapper.inherits

    def isa(self, other: Mapper) -> bool:
        """Tell whether the class is the other's, or below it."""
        return any(mapper is other for mapper in self.iterate_to_root())

    def cascade_iterator(
        self, type_: str, state: InstanceState, halt_on: Callable[[Any], bool] | None = None
    ) -> Iterator[tuple[Any, Mapper, InstanceState, dict[str, Any]]]:
        """Yield the objects that a cascade leads to, each with mapper, state and values.

        ``type_`` is one of the words of ``relationship(cascade=...)``, such as ``"delete"``.
        """
        found: Iterator[Any] = load_object(_CASCADE)(type_, state, halt_on)
        return found

    @property
    def class_manager(self) -> ClassManager:
        """The attributes of the class, as they stand on it."""
        found: ClassManager | None = self.__dict__.get("_class_manager")
        if found is None:
            found = self.__dict__["_class_manager"] = ClassManager(self)
        return found

    def common_parent(self, other: Mapper) -> bool:
        """Tell whether both are of one hierarchy."""
        return self.base is other.base

    def is_sibling(self, other: Mapper) -> bool:
        """Tell whether both are of one hierarchy, and neither is above the other."""
        return self.common_parent(other) and not self.isa(other) and not other.isa(self)

    @property
    def base_mapper(self) -> Mapper:
        """The mapper at the top of its hierarchy."""
        return self.base

    @property
    def with_polymorphic_mappers(self) -> list[Mapper]:
        """The mappers whose attributes are loaded with a query for this one."""
        self.check_configure()
        return instrumented_class.polymorphic_mappers(self)

    # -- keys -----------------------------------------------------------------------------

    def primary_key_from_instance(self, instance: Any) -> tuple[Any, ...]:
        """Return the primary key of an object, as its attributes have it."""
        return tuple(primary_key_values(self, instance))

    def identity_key_from_primary_key(
        self, primary_key: tuple[Any, ...], identity_token: Any = None
    ) -> tuple[Any, ...]:
        """Return what an identity map knows an object of that primary key by."""
        return identity_key(self, primary_key, identity_token)

    def identity_key_from_instance(self, instance: Any) -> tuple[Any, ...]:
        """Return what an identity map knows an object by."""
        token = state_of(instance).identity_token
        return identity_key(self, primary_key_values(self, instance), token)

    def identity_key_from_row(
        self, row: Any, identity_token: Any = None, adapter: Any = None
    ) -> tuple[Any, ...]:
        """Return what an identity map knows the object of a row by."""
        found = row._mapping
        return identity_key(self, [found[column] for column in self.primary_key], identity_token)

    # -- configuring ----------------------------------------------------------------------

    def check_configure(self) -> None:
        """Have what is new in its registry configured."""
        if self.registry._new:
            configure_registry(self.registry)

    def configure(self) -> None:
        """Find out what other classes had to be known for."""
        if self.configured:
            return
        self.configured = True
        try:
            for prop in list(self.props.values()):
                if prop.parent is self:
                    prop.configure()
        except BaseException:
            self.configured = False
            raise

    def check_relationships(self) -> None:
        """Check, when all are configured, that relationships do not write each other's columns."""
        for prop in list(self.props.values()):
            if prop.parent is self:
                prop.check()

    def _watch_construction(self) -> None:
        instrumented_class.watch_construction(self)

    def unmap(self) -> None:
        """Leave the class as if it had never been mapped."""
        events = events_of(self)
        if events is not None:
            for heard in events.class_uninstrument:
                heard(self.class_)
        self.registry._leave(self)
        instrumented_class.uninstrument(self)

    def __reduce__(self) -> Any:
        return by_reference.of_mapper(self)

    def __str__(self) -> str:
        return f"Mapper[{self.class_.__name__}({self.local_table.description})]"

    def __repr__(self) -> str:
        return f"<{self}>"


def _count(version: int | None) -> int:
    """Count versions up from one."""
    return (version or 0) + 1


def _checked_with(given: Any) -> Any:
    if given is not None and given != "*" and not isinstance(given, (list, tuple)):
        raise ArgumentError(
            f"Invalid setting for with_polymorphic: {given!r}", hint="'*', or a list of classes"
        )
    return given


def _checked_load(given: str | None) -> str | None:
    if given not in (None, "selectin", "inline"):
        raise ArgumentError(
            f"unknown argument for polymorphic_load: {given!r}", hint="'inline' or 'selectin'"
        )
    return given
