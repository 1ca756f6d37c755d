"""Another name for an attribute."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.instrument.attribute import ColumnAttribute, QueryableAttribute
from toolkit_orm.instrument.compared_attribute import ComparedAttribute
from toolkit_orm.mapping.attribute_options import NO_OPTIONS, AttributeOptions, options_of
from toolkit_orm.mapping.compared_relationship import compared
from toolkit_orm.mapping.mapped import Mapped
from toolkit_orm.mapping.property import MapperProperty
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

T = TypeVar("T")


class SynonymProperty(MapperProperty, Mapped[T]):
    """An attribute that stands for another one, whose name is ``name``."""

    is_synonym = True

    def __init__(
        self,
        name: str,
        map_column: bool | None = None,
        descriptor: Any = None,
        comparator_factory: Any = None,
        info: dict[Any, Any] | None = None,
        doc: str | None = None,
        options: AttributeOptions = NO_OPTIONS,
    ) -> None:
        self.name = name
        self.map_column = map_column
        self.descriptor = descriptor
        self.comparator_factory = comparator_factory
        self.info = {} if info is None else info
        self.doc = doc
        self.options = options

    def attribute(self, mapper: Mapper) -> Any:
        """Return what stands on the class: in SQL, the other attribute."""
        descriptor = self.descriptor
        if descriptor is None:
            there = mapper.class_.__dict__.get(self.key)
            is_plain = isinstance(there, property) or hasattr(there, "__get__")
            is_ours = isinstance(there, (MapperProperty, QueryableAttribute))
            descriptor = there if is_plain and not is_ours else None
        return SynonymAttribute(mapper, self.key, self, descriptor)

    def setter(self, mapper: Mapper) -> Any:
        """Return what sets the other attribute."""
        descriptor = self.descriptor
        if descriptor is not None:
            return descriptor.__set__
        name = self.name
        return lambda instance, value: setattr(instance, name, value)

    def load(self, instance: Any) -> Any:
        """Return the value of the other attribute."""
        return getattr(instance, self.name)

    def configure(self) -> None:
        """Check that there is such an attribute."""
        if self.name not in self.parent.props and not hasattr(self.parent.class_, self.name):
            raise InvalidRequestError(
                f"Can't find the attribute {self.name!r} that the synonym {self} stands for",
                hint=self.parent.nearest_key(self.name),
            )

    def __repr__(self) -> str:
        return f"<SynonymProperty {self}>"


Synonym = SynonymProperty


class SynonymAttribute(QueryableAttribute):
    """A synonym on its class: all that is asked of it, the other attribute answers."""

    def __init__(
        self, mapper: Mapper, key: str, prop: SynonymProperty[Any], descriptor: Any
    ) -> None:
        self.parent = mapper
        self.key = key
        self.prop = prop
        self.descriptor = descriptor

    @property
    def original(self) -> Any:
        """The attribute that it stands for."""
        return getattr(self.parent.class_, self.prop.name)  # type: ignore[attr-defined] # its own

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        """Return, of a class, the attribute it stands for; of an object, its value."""
        if instance is None:
            return self._in_sql(owner)
        if self.descriptor is not None:
            return self.descriptor.__get__(instance, owner)
        return self.prop.load(instance)

    def _in_sql(self, owner: Any) -> Any:
        original = getattr(owner, self.prop.name, None)  # type: ignore[attr-defined] # its own
        if isinstance(original, RelationshipAttribute):
            return compared(original, self.prop.comparator_factory)  # type: ignore[attr-defined] # its own
        if not isinstance(original, ColumnAttribute):
            return self if original is None else original
        mapper = owner.__mapper__
        known = mapper.memo.setdefault("synonyms", {})
        found = known.get(self.key)
        if found is None:
            made: ColumnAttribute[Any] = ColumnAttribute(
                mapper, self.key, original.prop, original.element
            )
            factory = self.prop.comparator_factory or original.prop.comparator_factory  # type: ignore[attr-defined] # its own
            found = known[self.key] = made if factory is None else ComparedAttribute(made, factory)
        return found

    def __clause_element__(self) -> ColumnAttribute[Any]:
        found: ColumnAttribute[Any] = self._in_sql(self.parent.class_)
        return found

    def __str__(self) -> str:
        return f"{self.parent.class_.__name__}.{self.key}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.original, name)


def synonym(
    name: str,
    *,
    map_column: bool | None = None,
    descriptor: Any = None,
    comparator_factory: Any = None,
    info: dict[Any, Any] | None = None,
    doc: str | None = None,
    **for_dataclass: Any,
) -> SynonymProperty[Any]:
    """Declare another name for an attribute.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     number: Mapped[int] = synonym("id")
    >>> Person(id=5).number
    5
    """
    left = dict(for_dataclass)
    options = options_of(left)
    if left:
        raise TypeError(f"synonym() takes no argument {next(iter(left))!r}")
    return SynonymProperty(name, map_column, descriptor, comparator_factory, info, doc, options)


def synonym_for(name: str, map_column: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """Make a property another name for an attribute in SQL; a decorator.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     @synonym_for("id")
    ...     @property
    ...     def shown(self):
    ...         return f"no. {self.id}"
    >>> Person(id=5).shown
    'no. 5'
    """

    def decorate(fn: Any) -> Any:
        return synonym(name, map_column=map_column, descriptor=fn)

    return decorate
