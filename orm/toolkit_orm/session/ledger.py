"""What the flushes of one transaction have done to objects: to be taken back by a rollback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

States = dict[InstanceState, Any]


class Ledger:
    """The objects that were inserted, deleted and written, each held until the end."""

    __slots__ = ("changed", "deleted", "inserted")

    def __init__(self) -> None:
        self.inserted: States = {}
        self.deleted: States = {}
        self.changed: States = {}

    def note(self, inserted: States, deleted: States, changed: States) -> None:
        """Note what a flush has written."""
        self.inserted.update(inserted)
        self.deleted.update(deleted)
        self.changed.update(changed)

    def pass_to(self, outer: Ledger) -> None:
        """Hand all over to the transaction around: a released savepoint is a part of it."""
        outer.note(self.inserted, self.deleted, self.changed)


def take_back(session: Session, ledger: Ledger, *, nested: bool) -> None:
    """Have objects be as they were before: new ones are new no more, deleted ones are back.

    What a rollback to a savepoint has not touched stays as it is loaded.
    """
    home = session._home
    for state in (*ledger.inserted, *session._new):
        home.forget(state)
        home.modified.pop(state, None)
        state.pk = state.home = state.committed = state.expired = None
    for state in ledger.deleted:
        if state not in ledger.inserted:
            state.is_deleted = False
            home.known(state.mapper.base)[state.pk] = state
            state.home = home
    session._new = {}
    session._deleted = {}
    if nested:
        for state, instance in (*ledger.changed.items(), *home.modified.items()):
            if state.pk is not None:
                expire(state, instance)
        for state, instance in ledger.deleted.items():
            if state.pk is not None:
                expire(state, instance)
        home.modified.clear()
    else:
        expire_all(session)


def expire_all(session: Session) -> None:
    """Have all attributes of all objects loaded anew when they are next read."""
    home = session._home
    for known in home.by_base.values():
        for state in list(known.values()):
            instance = state()
            if instance is not None:
                expire(state, instance)
    home.modified.clear()


def related_keys(mapper: Any) -> list[str]:
    """Return the names of a class's relationships, which are loaded anew as well."""
    found: list[str] | None = mapper.memo.get("related_keys")
    if found is None:
        found = mapper.memo["related_keys"] = list(mapper.relationships.keys())
    return found


def expire(state: InstanceState, instance: Any, names: Any = None) -> None:
    """Have attributes of an object, or all, loaded anew when they are next read."""
    values = instance.__dict__
    keys = state.mapper.expiring
    wanted = keys if names is None else frozenset(names)
    for key in wanted:
        values.pop(key, None)
    if names is None:
        for key in related_keys(state.mapper):
            values.pop(key, None)
        state.committed = state.waiting = None
        state.expired = keys
        return
    if state.committed is not None:
        for key in wanted:
            state.committed.pop(key, None)
    state.expired = (state.expired or frozenset()) | (wanted & keys)
