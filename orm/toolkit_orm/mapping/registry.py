"""The registry: mapped classes that know each other by name, and the tables they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload
from weakref import WeakKeyDictionary

from toolkit_core.events import Dispatch
from toolkit_core.newer_typing import dataclass_transform
from toolkit_core.schema import MetaData
from toolkit_orm.mapping.attribute_options import NO_ARG
from toolkit_orm.mapping.class_registry import add_class, new_names, remove_class
from toolkit_orm.mapping.configuration import REGISTRIES, configure_registry, dispose_registry
from toolkit_orm.mapping.constructor import declarative_constructor
from toolkit_orm.mapping.declarative import declare
from toolkit_orm.mapping.mapped_column import MappedColumn, mapped_column
from toolkit_orm.mapping.mapped_dataclass import remember_options
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.mapping.registry_events import RegistryEvents

if TYPE_CHECKING:
    from toolkit_orm.mapping.class_registry import ClassNames

C = TypeVar("C", bound=type)
O = TypeVar("O")  # noqa: E741 - an object's class


class registry:  # noqa: N801 - the documented name
    """Maps classes, and lets their relationships find each other by name.

    >>> from toolkit.schema import Column, Table
    >>> from toolkit.types import Integer
    >>> mappings = registry()
    >>> class Person:
    ...     pass
    >>> people = Table("people", mappings.metadata, Column("id", Integer, primary_key=True))
    >>> mappings.map_imperatively(Person, people)
    <Mapper[Person(people)]>
    """

    event_families = (RegistryEvents,)

    def __init__(
        self,
        *,
        metadata: MetaData | None = None,
        class_registry: ClassNames | None = None,
        type_annotation_map: Mapping[Any, Any] | None = None,
        constructor: Callable[..., None] = declarative_constructor,
    ) -> None:
        self.metadata = MetaData() if metadata is None else metadata
        self._class_registry: ClassNames = new_names() if class_registry is None else class_registry
        self.type_annotation_map: dict[Any, Any] = {}
        if type_annotation_map is not None:
            self.update_type_annotation_map(type_annotation_map)
        self.constructor = constructor
        self.dispatch = Dispatch.for_target(self)
        # Class → its mapper, in the order in which they were mapped.
        self._mapped: WeakKeyDictionary[type, Mapper] = WeakKeyDictionary()
        self._kept: list[Any] = []
        # Mappers that are not configured yet.
        self._new: list[Mapper] = []
        # Classes whose constructor has found everything configured, and looks no more.
        self._at_rest: list[type] = []
        self._failed: tuple[Mapper, Exception] | None = None
        # The registries that relationships of this one lead to, and the other way round.
        self._dependencies: set[registry] = set()
        self._dependents: set[registry] = set()
        self._is_configuring = False
        # Column → the relationships that write it, with what they copy.
        self._written: dict[Any, list[Any]] = {}
        REGISTRIES.add(self)

    # -- what is in it --------------------------------------------------------------------

    @property
    def mappers(self) -> frozenset[Mapper]:
        """All its mappers."""
        return frozenset(self._mapped.values())

    def _classes(self) -> Iterator[type]:
        return iter(list(self._mapped))

    def _enter(self, mapper: Mapper) -> None:
        """Take a new mapper in."""
        cls = mapper.class_
        self._mapped[cls] = mapper
        add_class(self._class_registry, cls, self._kept)
        self._unsettle(mapper)

    def _unsettle(self, mapper: Mapper) -> None:
        """Note that there is something to configure."""
        self._new.append(mapper)
        if self._at_rest:
            for cls in self._at_rest:
                mapper_of = cls.__dict__.get("__mapper__")
                if mapper_of is not None:
                    mapper_of._watch_construction()
            self._at_rest = []

    def _leave(self, mapper: Mapper) -> None:
        self._mapped.pop(mapper.class_, None)
        remove_class(self._class_registry, mapper.class_)

    def _tables(self, mapper: Mapper) -> list[Any]:
        own = getattr(mapper.class_, "metadata", None)
        found = list(self.metadata.tables.values())
        if own is not None and own is not self.metadata and hasattr(own, "tables"):
            found += own.tables.values()
        return found

    def _table(self, mapper: Mapper, name: str) -> Any:
        """Return a table by its name, with its schema before it if it has one."""
        own = getattr(mapper.class_, "metadata", None)
        for metadata in (own, self.metadata):
            tables = getattr(metadata, "tables", None)
            if tables is not None and name in tables:
                return tables[name]
        return None

    def update_type_annotation_map(self, type_annotation_map: Mapping[Any, Any]) -> None:
        """Say for more Python types what type their columns have."""
        self.type_annotation_map.update(type_annotation_map)

    # -- configuring ----------------------------------------------------------------------

    def configure(self, cascade: bool = False) -> None:
        """Configure the mappers that are not yet; ``cascade``: of what they depend on as well."""
        configure_registry(self, cascade=cascade)

    def dispose(self, cascade: bool = False) -> None:
        """Unmap all classes; ``cascade``: those of registries that depend on this one as well."""
        dispose_registry(self, cascade=cascade)

    # -- mapping --------------------------------------------------------------------------

    def mapped(self, cls: type[O]) -> type[O]:
        """Map a class by what it declares; a decorator."""
        declare(self, cls)
        return cls

    @overload
    @dataclass_transform(field_specifiers=(MappedColumn, mapped_column))
    def mapped_as_dataclass(self, cls: type[O], /) -> type[O]: ...
    @overload
    @dataclass_transform(field_specifiers=(MappedColumn, mapped_column))
    def mapped_as_dataclass(
        self, cls: None = None, /, **options: Any
    ) -> Callable[[type[O]], type[O]]: ...
    def mapped_as_dataclass(self, cls: type[Any] | None = None, /, **options: Any) -> Any:
        """Make a class a dataclass and map it; a decorator, with or without options."""
        known = dataclass_options("mapped_as_dataclass", options)

        def decorate(cls: type[Any]) -> type[Any]:
            remember_options(cls, known)
            declare(self, cls)
            return cls

        return decorate if cls is None else decorate(cls)

    def map_declaratively(self, cls: type) -> Mapper:
        """Map a class by what it declares, and return its mapper."""
        declare(self, cls)
        found: Mapper = cls.__dict__["__mapper__"]
        return found

    def map_imperatively(self, class_: type, local_table: Any = None, **kw: Any) -> Mapper:
        """Map a class to a table, with what is not a column of it in ``properties``."""
        properties = kw.pop("properties", None)
        return Mapper(class_, local_table, properties or {}, self, **kw)

    def generate_base(
        self,
        mapper: Callable[..., Mapper] | None = None,
        cls: Any = object,
        name: str = "Base",
        metaclass: Any = None,
    ) -> Any:
        """Make a class whose subclasses are mapped by what they declare."""
        bases = cls if isinstance(cls, tuple) else (cls,)
        namespace: dict[str, Any] = {"registry": self, "metadata": self.metadata}
        if isinstance(cls, type) and cls.__doc__:
            namespace["__doc__"] = cls.__doc__
        namespace["__abstract__"] = True
        if mapper is not None:
            namespace["__mapper_cls__"] = mapper
        if self.constructor is not declarative_constructor:
            namespace["__init__"] = self.constructor
        maker = BASE_METACLASS[0] if metaclass is None else metaclass
        return maker(name, bases, namespace)

    def as_declarative_base(self, **kw: Any) -> Callable[[type[O]], type[O]]:
        """Make a class a base whose subclasses are mapped by what they declare; a decorator."""

        def decorate(cls: type[O]) -> type[O]:
            kw.setdefault("name", cls.__name__)
            made: type[O] = self.generate_base(cls=cls, **kw)
            return made

        return decorate


DATACLASS_WORDS = (
    "init",
    "repr",
    "eq",
    "order",
    "unsafe_hash",
    "match_args",
    "kw_only",
    "dataclass_callable",
)


def dataclass_options(function: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a dataclass; what is none of them is refused."""
    for word in given:
        if word not in DATACLASS_WORDS:
            raise TypeError(
                f"{function}() takes no argument {word!r}; it takes " + ", ".join(DATACLASS_WORDS)
            )
    return {word: given.get(word, NO_ARG) for word in DATACLASS_WORDS}


# What makes declarative bases; filled by the module that defines it.
BASE_METACLASS: list[Any] = []
