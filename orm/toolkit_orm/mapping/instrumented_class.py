"""A class as its mapper changes it: attributes, constructor, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.plugins import load_object
from toolkit_core.schema import Column
from toolkit_orm.errors import UnmappedClassError
from toolkit_orm.instrument.instrumentation import install, instrument, keyword_init
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.constructor import declarative_constructor
from toolkit_orm.mapping.mapped_column import MappedColumn
from toolkit_orm.mapping.property import MapperProperty

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

_TELL_CHANGES = "toolkit_orm.mapping.attribute_events:tell_changes"
_OF_OURS = (
    "__mapper__",
    "__entity__",
    "__state_class__",
    "__setters__",
    "__setattr__",
    "__delattr__",
    "__setstate__",
    "__plain_keys__",
)


def check_unmapped(cls: Any) -> None:
    """Refuse what is no class, and a class that is mapped already."""
    if not isinstance(cls, type):
        raise ArgumentError(f"{cls!r} is no class: it cannot be mapped")
    if hasattr(cls, "__sa_instrumentation_manager__"):
        raise ArgumentError(
            f"{cls.__name__} asks for an instrumentation of its own "
            "(__sa_instrumentation_manager__), which is not supported",
            hint="listen to attribute events, or map a class that is plain",
        )
    if "__mapper__" in cls.__dict__:
        raise ArgumentError(
            f"Class '{cls}' already has a primary mapper defined. ",
            hint="clear_mappers() unmaps all classes, registry.dispose() those of one registry",
        )


def check_table(cls: type[Any], table: Any, inherits: Any) -> None:
    """Refuse what is no table, and a class without one that inherits none."""
    if table is None and inherits is None:
        raise ArgumentError(
            f"Mapper[{cls.__name__}(None)] has None for a primary table argument and does not "
            "specify 'inherits'",
            hint="map_imperatively(Class, table)",
        )
    if table is not None and not isinstance(table, FromClause):
        raise ArgumentError(
            "FROM expression, such as a Table or alias() object expected for argument "
            f"'local_table'; got {table!r}."
        )


def mapper_above(given: Mapper | type[Any] | None) -> Mapper | None:
    """Return the mapper that another inherits from."""
    if not isinstance(given, type):
        return given
    found: Mapper | None = given.__dict__.get("__mapper__")
    if found is None:
        raise UnmappedClassError(given)
    return found


def as_property(given: Any) -> Any:
    """Return an attribute for what was given: a column, several, or what it is already."""
    if isinstance(given, MapperProperty):
        return given
    if isinstance(given, MappedColumn):
        return given.as_property() or ColumnProperty(given.column)
    if isinstance(given, (list, tuple)):
        return ColumnProperty(*given)
    if isinstance(given, Column) or hasattr(given, "__clause_element__") or hasattr(given, "type"):
        return ColumnProperty(given)
    raise ArgumentError(
        f"{given!r} cannot be mapped as an attribute", hint="a Column, or relationship()"
    )


def validators_of(cls: type) -> dict[str, Any]:
    """Return the functions that values go through, by the name of the attribute.

    A subclass's own come before those that it inherits.
    """
    found: dict[str, Any] = {}
    for parent in cls.__mro__:
        own: dict[str, Any] = {}
        for member in _functions(parent):
            names, options = getattr(member, "__sa_validators__", ((), None))
            for name in names:
                if name in own:
                    raise InvalidRequestError(
                        f"A validation function for mapped attribute {name!r} on class "
                        f"{parent.__name__} already exists: {own[name][0].__name__}()",
                        hint="one method may validate several attributes, but each attribute has "
                        "one; a subclass may have another",
                    )
                own[name] = (member, options)
        found = {**own, **found}
    return found


def reconstructor_of(cls: type) -> Any:
    """Return the function that an object is given to after it was loaded."""
    for parent in cls.__mro__:
        for member in _functions(parent):
            if getattr(member, "__sa_reconstructor__", False):
                return member
    return None


def _functions(cls: type) -> Iterator[FunctionType]:
    """Yield the methods of the class itself."""
    for member in cls.__dict__.values():
        if member.__class__ is FunctionType:
            yield member


def instrument_class(mapper: Mapper) -> None:
    """Make the class of a mapper a mapped one."""
    cls = mapper.class_
    mapper.given = {
        name: cls.__dict__[name]
        for name in (*mapper.props, "__init__", "__setattr__", "__delattr__", "__setstate__")
        if name in cls.__dict__
    }
    type.__setattr__(cls, "__mapper__", mapper)
    if "__table__" not in cls.__dict__:
        type.__setattr__(cls, "__table__", mapper.local_table)
    type.__setattr__(cls, "__entity__", mapper.entity)
    instrument(cls, mapper)
    for key in mapper.props:
        put_on(mapper, key)
    if _has_our_constructor(cls):
        made = keyword_init(cls)
        made.__of_mapped_class__ = True  # type: ignore[attr-defined] # told apart by it
        type.__setattr__(cls, "__init__", made)
    if mapper.polymorphic_abstract:
        _refuse_construction(mapper)
    watch_construction(mapper)


def _refuse_construction(mapper: Mapper) -> None:
    """Have no objects made of a class that only its subclasses have rows of."""
    cls = mapper.class_
    plain = cls.__init__

    def refused(self: Any, *args: Any, **kwargs: Any) -> None:
        if type(self) is cls:
            raise InvalidRequestError(
                f"Can't instantiate class for {mapper}; mapper is marked polymorphic_abstract=True",
                hint="make an object of one of its subclasses",
            )
        plain(self, *args, **kwargs)

    refused.__of_mapped_class__ = getattr(plain, "__of_mapped_class__", False)  # type: ignore[attr-defined]
    refused.__wrapped__ = plain  # type: ignore[attr-defined] # what signatures are read off
    refused.__doc__ = plain.__doc__
    refused.__name__ = "__init__"
    type.__setattr__(cls, "__init__", refused)


def _has_our_constructor(cls: type) -> bool:
    """Tell whether a class has no constructor of its own, and inherits none but ours."""
    found: Any = cls.__init__  # type: ignore[misc] # of this very class
    return found in (object.__init__, declarative_constructor) or getattr(
        found, "__of_mapped_class__", False
    )


def put_on(mapper: Mapper, key: str) -> None:
    """Put an attribute on the class."""
    prop = mapper.props[key]
    install(mapper.class_, key, prop.attribute(mapper), prop.setter(mapper))
    parent = mapper.inherits
    if parent is not None and key in parent.__dict__.get("attribute_events", ()):
        load_object(_TELL_CHANGES)(mapper, key)


def take_off(mapper: Mapper, key: str) -> None:
    """Take an attribute off the class, since its column has another name now."""
    del mapper.props[key]
    mapper.class_.__setters__.pop(key, None)
    if key in mapper.class_.__dict__:
        type.__delattr__(mapper.class_, key)


def watch_construction(mapper: Mapper) -> None:
    """Have mappers configured before the first object is made; then the constructor is plain."""
    cls = mapper.class_
    given = cls.__dict__.get("__init__")
    if given is not None and hasattr(given, "__first_time__"):
        return
    plain = cls.__init__

    def first_init(self: Any, *args: Any, **kwargs: Any) -> None:
        mapper.check_configure()
        if cls.__dict__.get("__init__") is first_init:
            if given is None:
                type.__delattr__(cls, "__init__")
            else:
                type.__setattr__(cls, "__init__", given)
            mapper.registry._at_rest.append(cls)
        plain(self, *args, **kwargs)

    first_init.__first_time__ = True  # type: ignore[attr-defined] # told apart by it
    first_init.__of_mapped_class__ = getattr(plain, "__of_mapped_class__", False)  # type: ignore[attr-defined]
    first_init.__wrapped__ = plain  # type: ignore[attr-defined] # what signatures are read off
    first_init.__doc__ = plain.__doc__
    first_init.__name__ = "__init__"
    type.__setattr__(cls, "__init__", first_init)


def uninstrument(mapper: Mapper) -> None:
    """Give a class back as it was."""
    cls = mapper.class_
    given = mapper.given
    for name in (*mapper.props, *_OF_OURS, "__init__"):
        if name in given:
            type.__setattr__(cls, name, given[name])
        elif name in cls.__dict__:
            type.__delattr__(cls, name)


def polymorphic_mappers(mapper: Mapper) -> list[Mapper]:
    """Return the mappers whose attributes a query for a class loads at once."""
    given = mapper.with_polymorphic
    below = list(mapper.polymorphic_iterator())
    inline = [one for one in below[1:] if one.polymorphic_load == "inline"]
    if given is None:
        return [mapper, *inline] if inline else []
    classes = given[0] if isinstance(given, tuple) and len(given) == 2 else given
    if classes == "*":
        return below
    chosen = [mapper_above(one) for one in classes]
    return [one for one in below if one is mapper or one in chosen or one in inline]
