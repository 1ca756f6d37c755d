"""What kind of collection a class is: how one is made, filled and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import is_
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_orm.instrument.collection_roles import ROLE, TELLING, adds_argument, removes_argument
from toolkit_orm.instrument.collections import InstrumentedDict, InstrumentedList, InstrumentedSet
from toolkit_orm.instrument.told_methods import TOLD, tells, told

Method = Callable[..., Any]
_OURS: dict[Any, Any] = {list: InstrumentedList, set: InstrumentedSet, dict: InstrumentedDict}
# The methods that add, remove and return the objects, unless others are marked.
_USUAL: dict[Any, tuple[str, str, str]] = {
    list: ("append", "remove", "__iter__"),
    set: ("add", "remove", "__iter__"),
    dict: ("", "", "values"),
    None: ("", "", ""),
}


class CollectionKind:
    """How the collections of one class are filled and read."""

    __slots__ = ("cls", "iterates", "like", "puts", "takes")

    def __init__(self, cls: type, like: Any, puts: Method, takes: Method, iterates: Method) -> None:
        self.cls = cls
        # list, set or dict; None: it is like none of them.
        self.like = like
        self.puts = puts
        self.takes = takes
        self.iterates = iterates

    def put(self, made: Any, item: Any, initiator: Any = None) -> None:
        """Add an object; ``False`` as the initiator: nobody is told."""
        self.puts(made, item, _sa_initiator=initiator)

    def take(self, made: Any, item: Any, initiator: Any = None) -> None:
        """Take an object out."""
        self.takes(made, item, _sa_initiator=initiator)

    def members(self, made: Any) -> Sequence[Any]:
        """Return the objects."""
        return list(self.iterates(made))

    def has(self, made: Any, item: Any) -> bool:
        """Tell whether an object is in a collection: this very one."""
        return any(map(is_, repeat(item), self.iterates(made)))

    def fill(self, made: Any, items: Iterable[Any]) -> None:
        """Add objects to a collection that belongs to nothing yet."""
        puts = self.puts
        for item in items:
            puts(made, item, _sa_initiator=False)


class ListKind(CollectionKind):
    """That of our own lists."""

    __slots__ = ()

    def put(self, made: Any, item: Any, initiator: Any = None) -> None:
        """Add an object."""
        if initiator is False:
            list.append(made, item)
        else:
            made.append(item, initiator)

    def take(self, made: Any, item: Any, initiator: Any = None) -> None:
        """Take an object out: this very one, be another equal to it."""
        if initiator is False:
            list.__delitem__(made, next(n for n, one in enumerate(made) if one is item))
        else:
            made.remove(item, initiator)

    def fill(self, made: Any, items: Iterable[Any]) -> None:
        """Add objects to a new list."""
        list.extend(made, items)


class SetKind(CollectionKind):
    """That of our own sets."""

    __slots__ = ()

    def fill(self, made: Any, items: Iterable[Any]) -> None:
        """Add objects to a new set."""
        set.update(made, items)


def made_kind(factory: Any) -> tuple[Callable[[], Any], CollectionKind]:
    """Return what makes collections, and their kind, for a ``collection_class``."""
    factory = _OURS.get(factory, factory) if isinstance(factory, type) else factory
    if not callable(factory):
        raise ArgumentError(
            f"collection_class takes a class, or a function that returns a collection; not "
            f"{factory!r}",
            hint="list, set, attribute_keyed_dict('name'), or a class of your own",
        )
    cls = factory if isinstance(factory, type) else type(factory())
    if cls in _OURS:
        # A function that returns a plain collection: what it returns is copied into ours.
        plain = factory
        ours = _OURS[cls]
        return lambda: ours(plain()), _kind_of(ours)
    kind = _kind_of(cls)
    return (kind.cls if factory is cls else factory), kind


def _kind_of(cls: type) -> CollectionKind:
    found: CollectionKind | None = cls.__dict__.get("_sa_kind")
    if found is None:
        found = _instrumented(cls)
        found.cls._sa_kind = found  # type: ignore[attr-defined] # given to it here
    return found


def _instrumented(cls: type) -> CollectionKind:
    """Have the methods of a class tell of changes; one that cannot be changed gets a subclass."""
    kind_of = like(cls)
    roles = _roles(cls, kind_of)
    if cls.__flags__ & _UNCHANGEABLE:
        cls = type(cls.__name__, (cls,), {"__module__": cls.__module__})
    if kind_of is not None:
        tells(kind_of)(cls)
    for name, how in _telling(cls).items():
        setattr(cls, name, told(getattr(cls, name), how))
    if not hasattr(cls, "_sa_adapter"):
        cls._sa_adapter = None  # type: ignore[attr-defined] # given to it here
    puts, takes, iterates = [getattr(cls, roles[role]) for role in _ROLES]
    kind = _OF_OURS.get(cls, CollectionKind)
    return kind(cls, kind_of, puts, takes, iterates)


_OF_OURS: dict[type, type[CollectionKind]] = {
    InstrumentedList: ListKind,
    InstrumentedSet: SetKind,
}


_ROLES = ("appender", "remover", "iterator")
# The flag of classes on which no attributes may be set.
_UNCHANGEABLE = 1 << 8


def like(cls: type) -> Any:
    """Return what a class is like: list, set or dict; None for none of them."""
    told = getattr(cls, "__emulates__", None)
    if told is not None:
        return next((one for one in (list, set, dict) if issubclass(told, one)), None)
    for one in (list, set, dict):
        if issubclass(cls, one):
            return one
    for name, one in (("append", list), ("add", set), ("set", dict)):
        if hasattr(cls, name):
            return one
    return None


def _roles(cls: type, kind_of: Any) -> dict[str, str]:
    """Return the names of the methods that add, remove and return objects."""
    found = {role: name for role, name in zip(_ROLES, _USUAL[kind_of], strict=True) if name}
    for above in reversed(cls.__mro__):
        for name, method in vars(above).items():
            role = getattr(method, ROLE, None)
            if role is not None:
                found[role] = name
    for role in _ROLES:
        if not hasattr(cls, found.get(role, "")):
            raise _without(cls, role)
    return found


def _without(cls: type, role: str) -> ArgumentError:
    article = "an" if role[0] in "ai" else "a"
    hint = f"mark the method of it with @collection.{role}"
    if issubclass(cls, dict):
        hint = "attribute_keyed_dict('name') tells by which attribute the objects are found"
    elif cls.__module__ == "builtins":
        hint = "list, set, attribute_keyed_dict('name'), or a class of your own"
    return ArgumentError(
        f"Type {cls.__name__} must elect {article} {role} method to be a collection class",
        hint=hint,
    )


def _telling(cls: type) -> dict[str, Any]:
    """Return the methods that are marked as adding or removing, with what makes them tell."""
    found: dict[str, Any] = {}
    for name in dir(cls):
        method = getattr(cls, name, None)
        if hasattr(method, TOLD):
            continue
        role = getattr(method, ROLE, None)
        how = getattr(method, TELLING, None) or _BY_ROLE.get(role)
        if how is not None:
            found[name] = how
    return found


_BY_ROLE: dict[Any, Any] = {"appender": adds_argument(1), "remover": removes_argument(1)}
