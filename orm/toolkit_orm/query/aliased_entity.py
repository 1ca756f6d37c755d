"""A mapped class under another name, or read from something else than its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.joins import Join
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import ITSELF, Node, child, declared, derived, value
from toolkit_core.inspectable import inspected_by
from toolkit_core.plugins import load_object
from toolkit_core.types import NULLTYPE, TypeEngine
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.instrument.compared_attribute import ComparedAttribute, WithComparator
from toolkit_orm.instrument.inspection_attr import InspectionAttr
from toolkit_orm.mapping.entity import AttributeNames
from toolkit_orm.mapping.exported_columns import ExportedColumn, exported_columns
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

T = TypeVar("T")
O = TypeVar("O")  # noqa: E741 - an object of a class


@declared
class AliasedEntity(FromClause, InspectionAttr):
    """What an alias of a mapped class stands for.

    Each is itself and no other, however alike, as aliases of tables are: a leaf.  ``element``
    is what the rows are read from; a table gets a name of its own, a subquery has one.
    """

    visit_name = "aliased_entity"
    is_aliased_class = True
    stands_for_more = True
    _leaves = ITSELF
    inherits_key = True

    element: Any = child()
    mapper: Mapper = value()
    name: str | None = value(default=None)
    flat: bool = value(default=False)
    adapt_on_names: bool = value(default=False)
    # The subclasses whose attributes are loaded too; and whether the element has a name itself.
    with_mappers: tuple[Mapper, ...] = value(default=())
    is_named: bool = value(default=False)
    shown: Any = derived(default=None)

    def _make_key(self) -> Key:
        parts = (
            type(self),
            self.element.structure(),
            self.mapper.entity.structure(),
            self.name,
            self.flat,
            self.adapt_on_names,
            self.with_mappers,
            self.is_named,
        )
        key = self._key = find_key(parts) or new_key(parts, leaf=True)
        return key

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return the leaves of what it is made of."""
        self.element.structure()
        leaves: tuple[Node, ...] = self.element._leaves
        return leaves

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other, of the same structure, is another of its kind."""
        return type(other) is type(self)

    @property
    def c(self) -> ColumnCollection:
        """Its column attributes, by their names."""
        found: ColumnCollection = self.remembered("columns", _columns)
        return found

    @property
    def exported_columns(self) -> ColumnCollection:
        """Its columns, as a subquery of the alias has them: by their own names."""
        found: ColumnCollection = self.remembered("exported", _exported)
        return found

    @property
    def entity_namespace(self) -> Any:
        """What ``filter_by()`` finds names in."""
        return AttributeNames(self.shown, self.mapper)

    @property
    def description(self) -> str:
        """What messages call it."""
        return self.name or self.mapper.class_.__name__

    @property
    def with_polymorphic_mappers(self) -> list[Mapper]:
        """The mappers of the subclasses that are loaded with it."""
        return list(self.with_mappers)

    @property
    def class_(self) -> type[Any]:
        """The class that it is an alias of."""
        return self.mapper.class_

    @property
    def entity(self) -> Any:
        """The alias as users have it."""
        return self.shown

    @property
    def selectable(self) -> Any:
        """What its rows are read from."""
        return self.element

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with."""
        return self.mapper.class_.__name__

    def described(self) -> dict[str, Any]:
        """Return what ``column_descriptions`` says of it."""
        shown = self.shown
        return {
            "name": self.name,
            "type": self.class_,
            "aliased": True,
            "expr": shown,
            "entity": shown,
        }

    def attribute(self, key: str) -> Any:
        """Return an attribute of the alias by its name."""
        return getattr(self.shown, key)

    def attribute_of(self, column: Any) -> Any:
        """Return the attribute that stands for a column; the column itself, if none does."""
        for mapper in (self.mapper, *self.with_mappers):
            key = mapper.key_of.get(column)
            if key is not None:
                return attribute_of(self, mapper, key)
        return column

    def sources(self) -> tuple[Any, ...]:
        """Return what its rows are read from."""
        return (self.element,)

    def __repr__(self) -> str:
        return f"<AliasedEntity {self.description}>"


def _columns(entity: AliasedEntity) -> ColumnCollection:
    mapper = entity.mapper
    return ColumnCollection((key, attribute_of(entity, mapper, key)) for key in mapper.column_keys)


def exported_by(entity: AliasedEntity) -> list[ExportedColumn]:
    """Return the columns that a subquery of the alias has."""
    return exported_columns(entity.mapper, entity.with_mappers, of_alias=True)


def _exported(entity: AliasedEntity) -> ColumnCollection:
    pairs: list[tuple[str, Any]] = []
    for one in exported_by(entity):
        key = _exported_key(entity, one)
        pairs.append((key, AliasedColumn(entity, one.column, key, type=one.column.type)))
    return ColumnCollection(pairs)


def _exported_key(entity: AliasedEntity, one: ExportedColumn) -> str:
    """Return what a subquery of the alias calls a column: as what the alias reads from does."""
    table = getattr(one.column, "table", None)
    if table is None:
        return one.key
    source = entity.element
    if entity.is_named:
        found = source.corresponding_column(one.column)
        return one.key if found is None else str(found.key or one.key)
    # Tables that are joined are read from a subquery that keeps them apart.
    is_inner = isinstance(source, Join) and not entity.flat
    return f"{table.name}_{one.key}" if is_inner else one.key


def _label_source(entity: AliasedEntity, column: Any) -> Any:
    """Return what the label of a column of an alias begins with: most often the alias."""
    if not entity.is_named:
        return entity
    # Tables that are joined keep their own names.
    source = entity.element
    return column.table if isinstance(source, Join) else source


@declared
class AliasedColumn(ColumnElement[T]):
    """A column of what an alias is read from, as a subquery of the alias has it."""

    visit_name = "aliased_column"
    lowering = "toolkit_orm.query.lowering:lowered"

    source: Any = child()
    element: ColumnElement[T] = child()
    key: str = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init__(self, source: Any, element: Any, key: str, *, type: Any) -> None:
        self.source = source
        self.element = element
        self.key = key
        self.type = type
        self.name = getattr(element, "name", None)

    @property
    def table(self) -> Any:
        """What it is read from; None: it is an expression."""
        return None if getattr(self.element, "table", None) is None else self.source

    @property
    def labelled_as_of(self) -> Any:
        """What its label begins with."""
        return _label_source(self.source, self.element)

    @property
    def proxy_set(self) -> frozenset[Any]:
        """The column, and all that the column of the class comes from."""
        return frozenset((self,)) | self.element.proxy_set


@declared
class AliasedAttribute(ColumnAttribute[T]):
    """A column attribute of an alias."""

    keyed_by_identity = False

    source: Any = child()
    key: str = value()

    def __init__(self, source: AliasedEntity, mapper: Mapper, key: str) -> None:
        prop: Any = mapper.props[key]
        while prop.is_synonym:
            prop = mapper.props[prop.name]
        super().__init__(mapper, key, prop, mapper.column_of(prop))
        self.source = source

    def __reduce__(self) -> Any:
        return AliasedAttribute, (self.source, self.parent, self.key)

    @property
    def read_from(self) -> Any:
        """What it is read from in a statement: the alias."""
        return self.source

    @property
    def labelled_as_of(self) -> Any:
        """What its label begins with."""
        return _label_source(self.source, self.element)

    def __str__(self) -> str:
        return f"aliased({self.parent.class_.__name__}).{self.key}"


class ComparedAliasedAttribute(WithComparator, AliasedAttribute[Any]):
    """A column attribute of an alias, with operators of its own."""

    # The attribute has one factory: it tells no two of them apart.
    inherit_cache = True

    def __init__(self, source: AliasedEntity, mapper: Mapper, key: str, factory: Any) -> None:
        super().__init__(source, mapper, key)
        self.plain = AliasedAttribute[Any](source, mapper, key)
        self.factory = factory


def attribute_of(entity: AliasedEntity, mapper: Mapper, key: str) -> Any:
    """Return an attribute of an alias; the same one each time."""
    memo = entity._memo
    if memo is None:
        memo = entity._memo = {}
    found = memo.get((mapper, key))  # type: ignore[call-overload] # other keys than names
    if found is None:
        plain = getattr(mapper.class_, key)
        if isinstance(plain, RelationshipAttribute):
            found = plain.adapt_to_entity(entity)
        elif isinstance(plain, ComparedAttribute):
            found = ComparedAliasedAttribute(entity, mapper, plain.key, plain.factory)
        elif isinstance(plain, ColumnAttribute):
            found = AliasedAttribute(entity, mapper, plain.key)
        else:
            found = getattr(plain, "adapt_to_entity", lambda _: plain)(entity)
        memo[(mapper, key)] = found  # type: ignore[index] # other keys than names
    return found


class AliasedClass:
    """An alias of a mapped class, as users have it: it has the attributes of the class.

    What is no attribute of the mapping is the class's own; its functions work on the alias.
    """

    def __init__(self, entity: AliasedEntity, name: str) -> None:
        self.__dict__["_sa_entity"] = entity
        self.__dict__["__name__"] = name
        entity.shown = self

    def __clause_element__(self) -> AliasedEntity:
        found: AliasedEntity = self.__dict__["_sa_entity"]
        return found

    @property
    def mapper(self) -> Mapper:
        """The mapper of the class."""
        return self.__clause_element__().mapper

    def __getattr__(self, name: str) -> Any:
        entity = self.__clause_element__()
        mapper = entity.mapper
        if name in mapper.props:
            return attribute_of(entity, mapper, name)
        for below in entity.with_mappers:
            if below.class_.__name__ == name:
                return _subclass_of(entity, below)
        found = getattr(mapper.class_, name)
        getter = next((c.__dict__[name] for c in mapper.class_.__mro__ if name in c.__dict__), None)
        if isinstance(getter, (staticmethod, type)) or getter is None:
            return found
        if isinstance(getter, classmethod):
            return getter.__func__.__get__(self, type(self))
        if hasattr(getter, "adapt_to_entity") or hasattr(found, "adapt_to_entity"):
            return getter.__get__(None, self)
        return found.__get__(self, type(self)) if callable(found) else found

    def __repr__(self) -> str:
        entity = self.__clause_element__()
        return f"<AliasedClass {entity.mapper.class_.__name__}>"

    def __str__(self) -> str:
        return f"aliased({self.__clause_element__().mapper.class_.__name__})"


def _subclass_of(entity: AliasedEntity, mapper: Mapper) -> Any:
    """Return a subclass as ``with_polymorphic()`` has it: its attributes, of the same alias."""
    memo = entity.__dict__.setdefault("_below", {})
    found = memo.get(mapper)
    if found is None:
        found = memo[mapper] = SubclassOfAlias(entity, mapper)
    return found


class SubclassOfAlias:
    """The attributes of a subclass, read from an alias that has its columns too."""

    def __init__(self, entity: AliasedEntity, mapper: Mapper) -> None:
        self._entity = entity
        self._mapper = mapper

    @property
    def mapper(self) -> Mapper:
        """The mapper of the subclass."""
        return self._mapper

    def __clause_element__(self) -> AliasedEntity:
        return self._entity

    def __getattr__(self, name: str) -> Any:
        if name in self._mapper.props:
            return attribute_of(self._entity, self._mapper, name)
        return getattr(self._mapper.class_, name)


@overload
def aliased(
    element: type[O],
    alias: Any = ...,
    name: str | None = ...,
    flat: bool = ...,
    adapt_on_names: bool = ...,
) -> type[O]: ...
@overload
def aliased(
    element: Any,
    alias: Any = ...,
    name: str | None = ...,
    flat: bool = ...,
    adapt_on_names: bool = ...,
) -> Any: ...
def aliased(
    element: Any,
    alias: Any = None,
    name: str | None = None,
    flat: bool = False,
    adapt_on_names: bool = False,
) -> Any:
    """Return a mapped class under another name, or read from a subquery.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.sql import select
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> other = aliased(Person, name="other")
    >>> print(select(other.id))
    SELECT other.id
    FROM person AS other
    """
    found = resolved(element)
    mapper = getattr(found, "mapper", None)
    if mapper is None:
        if adapt_on_names:
            raise ArgumentError("adapt_on_names only applies to ORM elements")
        if isinstance(found, FromClause):
            if found.structure().lowering is not None:
                # A join of classes: of aliases of their tables.
                found = load_object("toolkit_orm.query.lowering:lowered")(found)
            return found.alias(name, flat=flat)
        raise ArgumentError(f"aliased() takes a mapped class, or a table, not {element!r}")
    source = None if alias is None else resolved(alias)
    if source is not None and not isinstance(source, FromClause):
        source = source.subquery()
    if source is None and isinstance(found, AliasedEntity):
        source = found.element
    made = AliasedEntity(
        mapper.persist_selectable if source is None else source,
        mapper,
        name,
        flat,
        adapt_on_names,
        is_named=source is not None and name is None,
    )
    return AliasedClass(made, mapper.class_.__name__)


inspected_by(AliasedClass, AliasedClass.__clause_element__)
