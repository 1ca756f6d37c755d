"""Mapped classes by name, and the names that text in a relationship may use."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary, ref

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.nearest import nearest
from toolkit_orm.errors import UnknownAttributeError

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class

ClassNames = MutableMapping[str, Any]


def new_names() -> ClassNames:
    """Return an empty collection of names; a class that nobody holds drops out of it."""
    return WeakValueDictionary()


class SeveralClasses:
    """In place of a class: there are several of that name, in different modules."""

    def __init__(self, classes: Iterator[type]) -> None:
        self._classes = [ref(cls) for cls in classes]

    def __iter__(self) -> Iterator[type]:
        for one in self._classes:
            cls = one()
            if cls is not None:
                yield cls


def add_class(names: ClassNames, cls: type, keep: list[Any]) -> None:
    """Enter a class under its name; ``keep`` is what holds on to the entries."""
    there = names.get(cls.__name__)
    if there is None or there is cls:
        names[cls.__name__] = cls
        return
    others = list(there) if isinstance(there, SeveralClasses) else [there]
    same = [other for other in others if other.__module__ == cls.__module__]
    if same:
        warn(
            "This declarative base already contains a class with the same class name and module "
            f"name as {cls.__module__}.{cls.__name__}, and will be replaced in the string-lookup "
            "table."
        )
    several = SeveralClasses(iter([*others, cls]))
    keep.append(several)
    names[cls.__name__] = several


def remove_class(names: ClassNames, cls: type) -> None:
    """Forget a class."""
    there = names.get(cls.__name__)
    if there is cls:
        del names[cls.__name__]
    elif isinstance(there, SeveralClasses):
        there._classes = [one for one in there._classes if one() is not cls]


def classes_named(names: ClassNames, name: str) -> list[type]:
    """Return the classes of a name, which may have the last parts of their module before it."""
    module, _, last = name.rpartition(".")
    there = names.get(last)
    if there is None:
        return []
    found = list(there) if isinstance(there, SeveralClasses) else [there]
    if not module:
        return found
    return [
        cls for cls in found if cls.__module__ == module or cls.__module__.endswith(f".{module}")
    ]


class Resolver:
    """Evaluates text that a mapper was given: names of classes, tables, and SQL functions."""

    def __init__(self, registry: Registry, mapper: Mapper, what: str) -> None:
        self.registry = registry
        self.mapper = mapper
        self.what = what

    def target(self, text: str) -> Any:
        """Return the class or table that a text names."""
        found = classes_named(self.registry._class_registry, text)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise _several(text)
        table = self.registry._table(self.mapper, text)
        return self.evaluate(text) if table is None else table

    def evaluate(self, text: str) -> Any:
        """Return what an expression means."""
        first, dot, attribute = text.partition(".")
        if dot and attribute.isidentifier():
            # Most are an attribute of a class.
            cls = self.registry._class_registry.get(first)
            if isinstance(cls, type):
                return _plain(getattr(_OfClass(cls), attribute))
        names = _Names(self)
        try:
            found = eval(text, {}, names)  # noqa: S307 - a part of the program's own mapping
        except NameError as error:
            raise self._missing(text, getattr(error, "name", None) or text) from error
        return found._found() if isinstance(found, _InModule) else _plain(found)

    def _missing(self, text: str, name: str) -> InvalidRequestError:
        near = nearest(name, [*self.registry._class_registry])
        cls = self.mapper.class_
        return InvalidRequestError(
            f"When initializing mapper {self.mapper}, expression {text!r} failed to locate a name "
            f"({name!r}). If this is a class name, consider adding this {self.what} to the "
            f"{cls!r} class after both dependent classes have been defined.",
            hint=None if near is None else f"{near!r}, the nearest class name",
        )


def _several(text: str) -> InvalidRequestError:
    return InvalidRequestError(
        f'Multiple classes found for path "{text}" in the registry of this declarative base. '
        "Please use a fully module-qualified path.",
    )


class _Names(dict[str, Any]):
    """The names in an expression."""

    def __init__(self, resolver: Resolver) -> None:
        super().__init__()
        self.resolver = resolver

    def __missing__(self, name: str) -> Any:
        resolver = self.resolver
        registry = resolver.registry
        found = classes_named(registry._class_registry, name)
        if len(found) > 1:
            raise _several(name)
        if found:
            return _OfClass(found[0])
        table = registry._table(resolver.mapper, name)
        if table is not None:
            return _OfTable(table)
        sql = sql_name(name)
        if sql is not None:
            return sql
        schemas = {one.schema for one in registry._tables(resolver.mapper) if one.schema}
        if name in schemas or any(str(schema).startswith(f"{name}.") for schema in schemas):
            return _InModule(resolver, name)
        if _modules(registry, name):
            return _InModule(resolver, name)
        raise NameError(f"name {name!r} is not defined", name=name) if _NAMED else NameError(name)


_NAMED = hasattr(NameError(), "name")


def _modules(registry: Registry, name: str) -> bool:
    return any(f".{name}." in f".{cls.__module__}." for cls in registry._classes())


class _InModule:
    """A part of a module's or a schema's name, before a class or a table."""

    def __init__(self, resolver: Resolver, path: str) -> None:
        self._resolver = resolver
        self._path = path

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}.{name}"
        registry = self._resolver.registry
        found = classes_named(registry._class_registry, path)
        if len(found) == 1:
            return _OfClass(found[0])
        table = registry._table(self._resolver.mapper, path)
        return _InModule(self._resolver, path) if table is None else _OfTable(table)

    def _found(self) -> Any:
        raise self._resolver._missing(self._path, self._path)


class _OfClass:
    """A class in an expression: its attributes are its columns, be they installed or not."""

    def __init__(self, cls: type) -> None:
        self._cls = cls

    def __getattr__(self, name: str) -> Any:
        mapper: Mapper = self._cls.__mapper__  # type: ignore[attr-defined]
        prop = mapper.props.get(name)
        if prop is None:
            if hasattr(self._cls, name):
                return getattr(self._cls, name)
            near = nearest(name, mapper.props)
            raise UnknownAttributeError(
                f"Class {self._cls!r} does not have a mapped column named {name!r}",
                hint=None if near is None else f"did you mean {near!r}?",
            )
        return getattr(self._cls, name)


class _OfTable:
    """A table in an expression: its attributes are its columns."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self.c = table.c

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table.c, name)


def _plain(found: Any) -> Any:
    if isinstance(found, _OfClass):
        return found._cls
    if isinstance(found, _OfTable):
        return found._table
    if isinstance(found, (list, tuple, set)):
        return [_plain(one) for one in found]
    return found


# Where the names of SQL are found that an expression may use.
_SQL_MODULES = (
    "toolkit_core.expression.elements",
    "toolkit_core.expression.functions",
    "toolkit_core.expression.text",
    "toolkit_orm.mapping.marked_column",
    "toolkit_core.types",
)


def sql_name(name: str) -> Any:
    """Return what ``and_``, ``func``, ``foreign`` and their like mean; None if it is none."""
    for module in _SQL_MODULES:
        found = getattr(import_module(module), name, None)
        if found is not None and not name.startswith("_"):
            return found
    return None
