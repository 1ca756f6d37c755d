"""Collections of related objects, which tell of every change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar

if TYPE_CHECKING:
    from toolkit_orm.instrument.link import Link
    from toolkit_orm.instrument.state import InstanceState

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")


class CollectionAdapter:
    """Between a collection and the object and attribute that it belongs to.

    A collection that was replaced belongs to nothing, and then tells of nothing.  The collection
    has it, and it has not the collection: so both are gone as soon as nobody needs them.
    """

    __slots__ = ("link", "state")

    def __init__(self, link: Link, state: InstanceState) -> None:
        self.link = link
        self.state = state

    def added(self, collection: Any, item: Any, initiator: Any = None) -> Any:
        """Tell that an object is about to be added; return what is to be added."""
        return self.link.added(self.state, collection, item, initiator)

    def removed(self, collection: Any, item: Any, initiator: Any = None) -> None:
        """Tell that an object is about to be removed."""
        self.link.removed(self.state, collection, item, initiator)

    def changing(self, collection: Any) -> None:
        """Tell that the collection is about to change in some way."""
        self.link.changing(self.state, collection)


class InstrumentedList(list[T]):
    """A list of related objects."""

    _sa_adapter: CollectionAdapter | None = None

    def _adding(self, item: T) -> T:
        adapter = self._sa_adapter
        return item if adapter is None else adapter.added(self, item)

    def _removing(self, item: T) -> None:
        adapter = self._sa_adapter
        if adapter is not None:
            adapter.removed(self, item)

    def append(self, item: T, /) -> None:
        """Add an object at the end."""
        list.append(self, self._adding(item))

    def insert(self, position: SupportsIndex, item: T, /) -> None:
        """Add an object at a position."""
        list.insert(self, position, self._adding(item))

    def extend(self, items: Iterable[T], /) -> None:
        """Add objects at the end."""
        for item in list(items):
            self.append(item)

    def __iadd__(self, items: Iterable[T], /) -> InstrumentedList[T]:  # type: ignore[override,misc] # narrower, as lists do
        self.extend(items)
        return self

    def remove(self, item: T, /) -> None:
        """Take an object out."""
        position = self.index(item)
        self._removing(self[position])
        list.__delitem__(self, position)

    def pop(self, position: SupportsIndex = -1, /) -> T:
        """Take an object out and return it."""
        item = self[position]
        self._removing(item)
        return list.pop(self, position)

    def clear(self) -> None:
        """Take all objects out."""
        for item in list(self):
            self._removing(item)
        list.clear(self)

    def __setitem__(self, where: Any, new: Any) -> None:
        if not isinstance(where, slice):
            before = self[where]
            if before is not new:
                self._removing(before)
                new = self._adding(new)
            list.__setitem__(self, where, new)
            return
        replaced, given = list(self[where]), list(new)
        kept = {id(one) for one in given}
        for item in replaced:
            if id(item) not in kept:
                self._removing(item)
        there = {id(one) for one in replaced}
        made = [one if id(one) in there else self._adding(one) for one in given]
        list.__setitem__(self, where, made)

    def __delitem__(self, where: Any) -> None:
        for item in list(self[where]) if isinstance(where, slice) else [self[where]]:
            self._removing(item)
        list.__delitem__(self, where)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (list(self),)


class InstrumentedSet(set[T]):
    """A set of related objects."""

    _sa_adapter: CollectionAdapter | None = None

    def add(self, item: T, /) -> None:
        """Add an object."""
        if item not in self:
            adapter = self._sa_adapter
            set.add(self, item if adapter is None else adapter.added(self, item))

    def remove(self, item: T, /) -> None:
        """Take an object out."""
        if item in self and self._sa_adapter is not None:
            self._sa_adapter.removed(self, item)
        set.remove(self, item)

    def discard(self, item: Any, /) -> None:
        """Take an object out, if it is there."""
        if item in self:
            self.remove(item)

    def pop(self) -> T:
        """Take one of the objects out and return it."""
        for item in self:
            self.remove(item)
            return item
        return set.pop(self)

    def clear(self) -> None:
        """Take all objects out."""
        for item in list(self):
            self.remove(item)

    def update(self, *others: Iterable[Any]) -> None:
        """Add objects."""
        for other in others:
            for item in list(other):
                self.add(item)

    def difference_update(self, *others: Iterable[Any]) -> None:
        """Take objects out."""
        for other in others:
            for item in list(other):
                self.discard(item)

    def intersection_update(self, *others: Iterable[Any]) -> None:
        """Leave only the objects that are in all of the others."""
        kept = self.intersection(*others)
        self.difference_update([item for item in self if item not in kept])

    def symmetric_difference_update(self, other: Iterable[T], /) -> None:
        """Add what is not there of the other, take out what is in both."""
        both = self.intersection(other)
        new = set(other) - self
        self.difference_update(both)
        self.update(new)

    def __ior__(self, other: Any) -> Any:  # type: ignore[misc] # it takes more than sets do
        self.update(other)
        return self

    def __isub__(self, other: Any) -> Any:  # type: ignore[misc] # it takes more than sets do
        self.difference_update(other)
        return self

    def __iand__(self, other: Any) -> Any:  # type: ignore[misc] # it takes more than sets do
        self.intersection_update(other)
        return self

    def __ixor__(self, other: Any) -> Any:  # type: ignore[misc] # it takes more than sets do
        self.symmetric_difference_update(other)
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (list(self),)


class Missing:
    """In place of a default that was not given."""


class InstrumentedDict(dict[KT, VT]):
    """Related objects by keys."""

    _sa_adapter: CollectionAdapter | None = None

    def __setitem__(self, key: KT, item: VT, /) -> None:
        before: Any = self.get(key, Missing)
        if before is item:
            return
        adapter = self._sa_adapter
        if adapter is not None:
            if before is not Missing:
                adapter.removed(self, before)
            item = adapter.added(self, item)
        dict.__setitem__(self, key, item)

    def __delitem__(self, key: KT, /) -> None:
        if key in self and self._sa_adapter is not None:
            self._sa_adapter.removed(self, self[key])
        dict.__delitem__(self, key)

    def pop(self, key: KT, default: Any = Missing, /) -> Any:
        """Take an object out and return it."""
        if key in self:
            found = self[key]
            del self[key]
            return found
        if default is Missing:
            raise KeyError(key)
        return default

    def popitem(self) -> tuple[KT, VT]:
        """Take the last object out and return it with its key."""
        if not self:
            return dict.popitem(self)
        key = next(reversed(self))
        return key, self.pop(key)

    def clear(self) -> None:
        """Take all objects out."""
        for key in list(self):
            del self[key]

    def setdefault(self, key: KT, default: Any = None, /) -> Any:
        """Return the object of a key, after adding one if there is none."""
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *given: Any, **named: VT) -> None:
        """Add objects."""
        for key, item in dict(*given, **named).items():
            self[key] = item

    def __ior__(self, other: Any) -> Any:  # type: ignore[misc] # it takes more than sets do
        self.update(other)
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (dict(self),)


def loaded(collection_class: Any, items: Iterable[Any]) -> Any:
    """Return a new collection with objects that are in it already: nothing is told."""
    made = collection_class()
    if isinstance(made, list):
        list.extend(made, items)
    elif isinstance(made, set):
        set.update(made, items)
    else:
        fill = made._sa_appender
        for item in items:
            fill(item)
    return made
