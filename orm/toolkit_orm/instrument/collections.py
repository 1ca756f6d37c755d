"""Collections of related objects, which tell of every change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar

from toolkit_orm.instrument.attribute_operation import NO_KEY
from toolkit_orm.instrument.told_methods import Missing, tells

if TYPE_CHECKING:
    from toolkit_orm.instrument.link import Link
    from toolkit_orm.instrument.state import InstanceState

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")


class Belonging:
    """To which attribute of which object a collection belongs.

    A collection that was replaced belongs to nothing, and then tells of nothing.  The collection
    has it, and it has not the collection: so both are gone as soon as nobody needs them.
    """

    __slots__ = ("announced", "link", "state")

    def __init__(self, link: Link, state: InstanceState) -> None:
        self.link = link
        self.state = state
        # The object of which is told by now: a method that calls another is one change.
        self.announced: Any = Missing

    def added(self, collection: Any, item: Any, initiator: Any = None, key: Any = NO_KEY) -> Any:
        """Tell that an object is about to be added; return what is to be added."""
        if item is self.announced:
            return item
        return self.link.added(self.state, collection, item, initiator, key)

    def removed(self, collection: Any, item: Any, initiator: Any = None, key: Any = NO_KEY) -> None:
        """Tell that an object is about to be removed."""
        if item is not self.announced:
            self.link.removed(self.state, collection, item, initiator, key)

    def was_there(
        self, collection: Any, item: Any, initiator: Any = None, key: Any = NO_KEY
    ) -> Any:
        """Tell that an object was added that is there already."""
        if item is self.announced:
            return item
        return self.link.was_there(self.state, item, initiator, key)

    def changing(self, collection: Any) -> None:
        """Tell that the collection is about to change in some way."""
        self.link.changing(self.state, collection)

    def __reduce__(self) -> Any:
        # A pickled collection belongs to nothing until its object is there again.
        return _nothing, ()


def _nothing() -> None:
    return None


@tells(list)
class InstrumentedList(list[T]):
    """A list of related objects."""

    _sa_adapter: Belonging | None = None

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (list(self),)


@tells(set)
class InstrumentedSet(set[T]):
    """A set of related objects."""

    _sa_adapter: Belonging | None = None

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (list(self),)


@tells(dict)
class InstrumentedDict(dict[KT, VT]):
    """Related objects by keys."""

    _sa_adapter: Belonging | None = None

    if TYPE_CHECKING:

        def __setitem__(self, key: KT, value: VT, _sa_initiator: Any = None, /) -> None: ...
        def __delitem__(self, key: KT, _sa_initiator: Any = None, /) -> None: ...

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return type(self), (dict(self),)


class CollectionAdapter:
    """A collection as the attribute that it is of sees it, whatever its class is.

    ``fire_append_event`` and ``fire_remove_event`` are for methods of one's own that are marked
    as ``@collection.internally_instrumented``.
    """

    def __init__(self, collection: Any) -> None:
        self.data = collection
        self._belonging: Belonging | None = getattr(collection, "_sa_adapter", None)

    @property
    def owner_state(self) -> Any:
        """The state of the object that the collection belongs to."""
        return None if self._belonging is None else self._belonging.state

    def append_with_event(self, item: Any, initiator: Any = None) -> None:
        """Add an object and tell of it."""
        type(self.data)._sa_kind.put(self.data, item, initiator)

    def append_without_event(self, item: Any) -> None:
        """Add an object and tell nobody."""
        type(self.data)._sa_kind.put(self.data, item, False)

    def append_multiple_without_event(self, items: Iterable[Any]) -> None:
        """Add objects and tell nobody."""
        for item in items:
            self.append_without_event(item)

    def remove_with_event(self, item: Any, initiator: Any = None) -> None:
        """Take an object out and tell of it."""
        type(self.data)._sa_kind.take(self.data, item, initiator)

    def remove_without_event(self, item: Any) -> None:
        """Take an object out and tell nobody."""
        type(self.data)._sa_kind.take(self.data, item, False)

    def clear_with_event(self, initiator: Any = None) -> None:
        """Take all objects out and tell of it."""
        for item in list(self):
            self.remove_with_event(item, initiator)

    def clear_without_event(self) -> None:
        """Take all objects out and tell nobody."""
        for item in list(self):
            self.remove_without_event(item)

    def fire_append_event(self, item: Any, initiator: Any = None, key: Any = NO_KEY) -> Any:
        """Tell that an object is about to be added; return what is to be added."""
        if self._belonging is None or initiator is False:
            return item
        return self._belonging.added(self.data, item, initiator, key)

    def fire_append_wo_mutation_event(
        self, item: Any, initiator: Any = None, key: Any = NO_KEY
    ) -> Any:
        """Tell that an object was added that is there already."""
        if self._belonging is None or initiator is False:
            return item
        return self._belonging.was_there(self.data, item, initiator, key)

    def fire_remove_event(self, item: Any, initiator: Any = None, key: Any = NO_KEY) -> None:
        """Tell that an object is about to be removed."""
        if self._belonging is not None and initiator is not False:
            self._belonging.removed(self.data, item, initiator, key)

    def __iter__(self) -> Any:
        return iter(type(self.data)._sa_kind.members(self.data))

    def __len__(self) -> int:
        return len(type(self.data)._sa_kind.members(self.data))

    def __bool__(self) -> bool:
        return True


def collection_adapter(collection: Any) -> CollectionAdapter | None:
    """Return what stands between a collection and its attribute; None if it has none."""
    belongs = getattr(collection, "_sa_adapter", None)
    return None if belongs is None else CollectionAdapter(collection)


def bulk_replace(
    values: Iterable[Any], existing_adapter: Any, new_adapter: Any, initiator: Any = None
) -> None:
    """Fill a collection that takes the place of another, and tell only of what differs."""
    given = list(values)
    before = [] if existing_adapter is None else list(existing_adapter)
    was = {id(one) for one in before}
    kept = {id(one) for one in given}
    for item in given:
        if id(item) in was:
            new_adapter.append_without_event(item)
        else:
            new_adapter.append_with_event(item, initiator)
    for item in before:
        if id(item) not in kept:
            existing_adapter.fire_remove_event(item, initiator)
