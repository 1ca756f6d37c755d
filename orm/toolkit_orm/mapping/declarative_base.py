"""The classes whose subclasses are mapped by what they declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from toolkit_core.errors import InvalidRequestError
from toolkit_core.newer_typing import dataclass_transform
from toolkit_core.schema import MetaData
from toolkit_orm.mapping.attribute_options import NO_ARG
from toolkit_orm.mapping.constructor import declarative_constructor
from toolkit_orm.mapping.declarative import add_attribute, declare, remove_attribute
from toolkit_orm.mapping.declared_attr import is_mapped
from toolkit_orm.mapping.declared_expressions import (
    column_property,
    deferred,
    query_expression,
)
from toolkit_orm.mapping.mapped_column import MappedColumn, mapped_column
from toolkit_orm.mapping.mapped_dataclass import make_unmapped_dataclass, remember_options
from toolkit_orm.mapping.registry import (
    BASE_METACLASS,
    DATACLASS_WORDS,
    dataclass_options,
    registry,
)
from toolkit_orm.mapping.relationship import relationship
from toolkit_orm.mapping.synonym import synonym

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

O = TypeVar("O")  # noqa: E741 - an object's class


class DeclarativeAttributeIntercept(type):
    """The class of declarative classes: what is set on them later is mapped as well."""

    def __setattr__(cls, key: str, value: Any) -> None:
        if "__mapper__" in cls.__dict__:
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)

    def __delattr__(cls, key: str) -> None:
        if "__mapper__" in cls.__dict__:
            remove_attribute(cls, key)
        else:
            type.__delattr__(cls, key)


class DeclarativeMeta(DeclarativeAttributeIntercept):
    """The class of classes below a ``declarative_base()``."""

    if TYPE_CHECKING:
        metadata: MetaData
        registry: registry

    def __init__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kw: Any
    ) -> None:
        found = getattr(cls, "registry", None)
        own = cls.__dict__.get("registry")
        if isinstance(own, registry):
            found = own
        if not isinstance(found, registry):
            raise InvalidRequestError(
                f"Declarative base class {name} has no 'registry' attribute, or registry is not a "
                "registry() object",
                hint="declarative_base(metaclass=...) gives it one",
            )
        if not cls.__dict__.get("__abstract__", False):
            declare(found, cls)
        type.__init__(cls, name, bases, namespace)


BASE_METACLASS.append(DeclarativeMeta)


def _registry_of(cls: type) -> registry:
    """Return the registry of the base that a class is below."""
    for parent in cls.__mro__:
        found = parent.__dict__.get("registry")
        if isinstance(found, registry):
            return found
    raise InvalidRequestError(f"{cls.__name__} has no base with a registry")


def _start_or_declare(cls: type[Any], root: type[Any]) -> None:
    """Make a base of a direct subclass of ours; map the subclasses of bases."""
    if root in cls.__bases__:
        _start_base(cls)
        make_unmapped_dataclass(cls)
    else:
        declare(_registry_of(cls), cls)


def _start_base(cls: Any) -> None:
    """Give a new base its registry and its MetaData."""
    # What works a name out for each class is a base's.
    if isinstance(vars(cls).get("__tablename__"), str) or "__table__" in vars(cls):
        above = next(one for one in cls.__bases__ if one.__module__ == __name__)
        raise InvalidRequestError(
            f"Cannot use {above.__name__!r} directly as a declarative base class. Create a Base by "
            "creating a subclass of it.",
            hint=f"class Base({above.__name__}): pass; class {cls.__name__}(Base): ...",
        )
    metadata = getattr(cls, "metadata", None) if "metadata" in vars(cls) else None
    types = cls.__dict__.get("type_annotation_map")
    own: Any = cls.__dict__.get("registry")
    if own is None:
        own = registry(metadata=metadata, type_annotation_map=types)
        cls.registry = own
    else:
        if not isinstance(own, registry):
            raise InvalidRequestError(
                f"Declarative base class has a 'registry' attribute that is not an instance of "
                f"registry(): {own!r}"
            )
        if types is not None:
            own.update_type_annotation_map(types)
    if "metadata" not in vars(cls):
        cls.metadata = own.metadata
    if getattr(cls, "__init__", object.__init__) is object.__init__:
        cls.__init__ = own.constructor


class DeclarativeBase(metaclass=DeclarativeAttributeIntercept):
    """Inherit from this to have a base, whose subclasses are mapped by what they declare.

    >>> from toolkit.orm import Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str]
    >>> Base.metadata.tables["person"].c.keys()
    ['id', 'name']
    """

    if TYPE_CHECKING:
        registry: ClassVar[registry]
        metadata: ClassVar[MetaData]
        type_annotation_map: ClassVar[Mapping[Any, Any]]
        __mapper__: ClassVar[Mapper]
        __table__: ClassVar[Any]
        __tablename__: Any
        __table_args__: Any
        __mapper_args__: Any

        def __init__(self, **kw: Any) -> None: ...

    def __init_subclass__(cls, **kw: Any) -> None:
        _start_or_declare(cls, DeclarativeBase)
        super().__init_subclass__(**kw)


class DeclarativeBaseNoMeta:
    """The same without a metaclass of its own: attributes set later are not mapped.

    ``add_mapped_attribute()`` adds them.
    """

    if TYPE_CHECKING:
        registry: ClassVar[registry]
        metadata: ClassVar[MetaData]
        type_annotation_map: ClassVar[Mapping[Any, Any]]
        __mapper__: ClassVar[Mapper]
        __table__: ClassVar[Any]
        __tablename__: Any
        __table_args__: Any
        __mapper_args__: Any

        def __init__(self, **kw: Any) -> None: ...

    def __init_subclass__(cls, **kw: Any) -> None:
        _start_or_declare(cls, DeclarativeBaseNoMeta)
        super().__init_subclass__(**kw)


@dataclass_transform(
    field_specifiers=(
        MappedColumn,
        mapped_column,
        relationship,
        column_property,
        deferred,
        query_expression,
        synonym,
    )
)
class DCTransformDeclarative(DeclarativeAttributeIntercept):
    """The class of classes that are made dataclasses: a mark for type checkers."""


class MappedAsDataclass(metaclass=DCTransformDeclarative):
    """Mix this into a base, or into a class below one, to have it made a dataclass.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(MappedAsDataclass, DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(init=False, primary_key=True)
    ...     name: Mapped[str]
    >>> Person("ann").name
    'ann'
    """

    if TYPE_CHECKING:
        __sa_dataclass__: ClassVar[bool]

    def __init_subclass__(
        cls,
        init: Any = NO_ARG,
        repr: Any = NO_ARG,
        eq: Any = NO_ARG,
        order: Any = NO_ARG,
        unsafe_hash: Any = NO_ARG,
        match_args: Any = NO_ARG,
        kw_only: Any = NO_ARG,
        dataclass_callable: Any = NO_ARG,
        **kw: Any,
    ) -> None:
        given = (init, repr, eq, order, unsafe_hash, match_args, kw_only, dataclass_callable)
        remember_options(cls, dict(zip(_ORDER, given, strict=True)))
        super().__init_subclass__(**kw)
        if not is_mapped(cls) and "__dataclass_fields__" not in cls.__dict__:
            make_unmapped_dataclass(cls)


_ORDER = DATACLASS_WORDS


def declarative_base(
    *,
    metadata: MetaData | None = None,
    mapper: Callable[..., Mapper] | None = None,
    cls: Any = object,
    name: str = "Base",
    class_registry: Any = None,
    type_annotation_map: Mapping[Any, Any] | None = None,
    constructor: Callable[..., None] = declarative_constructor,
    metaclass: Any = DeclarativeMeta,
) -> Any:
    """Make a base, whose subclasses are mapped by what they declare.

    >>> from toolkit.schema import Column
    >>> from toolkit.types import Integer
    >>> Base = declarative_base()
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id = Column(Integer, primary_key=True)
    >>> Person(id=5).id
    5
    """
    return registry(
        metadata=metadata,
        class_registry=class_registry,
        constructor=constructor,
        type_annotation_map=type_annotation_map,
    ).generate_base(mapper=mapper, cls=cls, name=name, metaclass=metaclass)


def as_declarative(**kw: Any) -> Callable[[type[O]], type[O]]:
    """Make a class a base whose subclasses are mapped; a decorator.

    >>> @as_declarative()
    ... class Base:
    ...     pass
    >>> Base.metadata
    MetaData()
    """
    for_registry = {word: kw.pop(word) for word in ("metadata", "class_registry") if word in kw}
    return registry(**for_registry).as_declarative_base(**kw)


def unmapped_dataclass(cls: type[O] | None = None, /, **options: Any) -> Any:
    """Make a mixin or an abstract base of mapped dataclasses a dataclass itself; a decorator.

    >>> from toolkit.orm import Mapped, mapped_column, registry
    >>> @unmapped_dataclass(kw_only=True)
    ... class Stamped:
    ...     stamp: Mapped[int] = mapped_column(default=0)
    >>> @mapped_as_dataclass(registry())
    ... class Person(Stamped):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> Person(id=5, stamp=7).stamp
    7
    """

    def decorate(cls: type[O]) -> type[O]:
        remember_options(cls, dataclass_options("unmapped_dataclass", options))
        make_unmapped_dataclass(cls)
        return cls

    return decorate if cls is None else decorate(cls)


def mapped_as_dataclass(registry: registry, /, **options: Any) -> Callable[[type[O]], type[O]]:
    """Make a class a dataclass and map it in a registry; a decorator.

    >>> from toolkit.orm import Mapped, mapped_column, registry
    >>> @mapped_as_dataclass(registry())
    ... class Person:
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(init=False, primary_key=True)
    ...     name: Mapped[str]
    >>> Person("ann").name
    'ann'
    """
    return registry.mapped_as_dataclass(**options)
