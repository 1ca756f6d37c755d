"""What has become of one attribute since it was last as in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of


class History(NamedTuple):
    """What was added to an attribute, is unchanged in it, was deleted from it."""

    added: Sequence[Any]
    unchanged: Sequence[Any]
    deleted: Sequence[Any]

    def __bool__(self) -> bool:
        return self != NOTHING

    def empty(self) -> bool:
        """Tell whether there is neither a value nor a change."""
        return not (self.added or self.unchanged or self.deleted)

    def sum(self) -> Sequence[Any]:
        """Return all of them."""
        return [*self.added, *self.unchanged, *self.deleted]

    def non_deleted(self) -> Sequence[Any]:
        """Return what is there now."""
        return [*self.added, *self.unchanged]

    def non_added(self) -> Sequence[Any]:
        """Return what was there before."""
        return [*self.unchanged, *self.deleted]

    def as_state(self) -> History:
        """Return it with the states of objects in their place."""
        return History(*[[_as_state(one) for one in part] for part in self])

    def has_changes(self) -> bool:
        """Tell whether anything was added or deleted."""
        return bool(self.added or self.deleted)


def _as_state(value: Any) -> Any:
    return state_of(value) if hasattr(type(value), "__state_class__") else value


NOTHING = History((), (), ())


def history_of(state: InstanceState, key: str, *, is_collection: bool = False) -> History:
    """Return the history of an attribute, as far as it is known without loading."""
    instance = state()
    now = instance.__dict__.get(key, NO_VALUE)
    committed = state.committed or {}
    before = committed.get(key, NO_VALUE) if key in committed else now
    if is_collection:
        return _of_collection(now, before, is_new=state.pk is None and key not in committed)
    if state.pk is None and key not in committed:
        return NOTHING if now is NO_VALUE else History([now], (), ())
    if key not in committed:
        return NOTHING if now is NO_VALUE else History((), [now], ())
    if now is NO_VALUE:
        return History((), (), () if before is NO_VALUE else [before])
    if now is before or (before is not NO_VALUE and _equal(now, before)):
        return History((), [now], ())
    return History([now], (), () if before is NO_VALUE else [before])


def attribute_history(state: InstanceState, key: str, *, loads: bool = False) -> History:
    """Return the history of an attribute of any kind; ``loads`` has it loaded if need be."""
    prop: Any = state.mapper.prop(key)
    while prop.is_synonym:
        prop = state.mapper.prop(prop.name)
    key = prop.key
    instance: Any = state()
    if loads and key not in instance.__dict__ and state.pk is not None:
        getattr(instance, key)
    return history_of(state, key, is_collection=bool(getattr(prop, "uselist", False)))


def _equal(now: Any, before: Any) -> bool:
    try:
        return bool(now == before)
    except TypeError:
        return False


def _of_collection(now: Any, before: Any, *, is_new: bool) -> History:
    if now is NO_VALUE:
        return NOTHING
    present = list(members(now))
    if is_new:
        return History(present, (), ())
    was = {} if before is NO_VALUE or before is None else {id(one): one for one in members(before)}
    there = {id(one) for one in present}
    return History(
        [one for one in present if id(one) not in was],
        [one for one in present if id(one) in was],
        [one for key, one in was.items() if key not in there],
    )


def members(collection: Any) -> Sequence[Any]:
    """Return the objects in a collection, be it a list, a set, a dictionary or another."""
    kind = getattr(collection, "_sa_kind", None)
    if kind is not None:
        found: Sequence[Any] = kind.members(collection)
        return found
    return list(collection.values() if isinstance(collection, dict) else collection)
