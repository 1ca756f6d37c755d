"""What the flushes of one transaction have done to objects: to be taken back by a rollback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.mapping.mapper_events import events_of
from toolkit_orm.session.session_events import tell_each

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

States = dict[InstanceState, Any]


class Ledger:
    """The objects that were inserted, deleted and written, each held until the end."""

    __slots__ = ("changed", "deleted", "inserted", "rekeyed")

    def __init__(self) -> None:
        self.inserted: States = {}
        # Objects whose primary key has changed, with what it was.
        self.rekeyed: States = {}
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
        for state, pk in self.rekeyed.items():
            outer.rekeyed.setdefault(state, pk)


def take_back(session: Session, ledger: Ledger, *, nested: bool) -> None:
    """Have objects be as they were before: new ones are new no more, deleted ones are back.

    What a rollback to a savepoint has not touched stays as it is loaded.
    """
    home = session._home
    if session.dispatch.active:
        _tell(session, ledger)
    _restore(session, ledger)
    session._new = {}
    session._deleted = {}
    if nested:
        for state, instance in (*ledger.changed.items(), *home.modified.items()):
            if state.pk is not None:
                expire(state, instance)
        home.modified.clear()
    else:
        expire_all(session)


def _restore(session: Session, ledger: Ledger) -> None:
    home = session._home
    for state in (*ledger.inserted, *session._new):
        home.forget(state)
        home.modified.pop(state, None)
        if state.pk is not None:
            state.was_written = True
        state.pk = state.home = state.committed = state.expired = None
    for state, pk in ledger.rekeyed.items():
        if state.pk is not None:
            home.forget(state)
            state.pk = pk
            home.known(state.mapper.base)[pk] = state
    for state in (*ledger.deleted, *session._deleted):
        if state not in ledger.inserted and state.pk is not None:
            state.is_deleted = False
            home.known(state.mapper.base)[state.pk] = state
            state.home = home


def _tell(session: Session, ledger: Ledger) -> None:
    tell_each(session, "persistent_to_transient", ledger.inserted)
    pending = [state for state in session._new if state.pk is None]
    tell_each(session, "pending_to_transient", pending)
    back = [state for state in ledger.deleted if state not in ledger.inserted]
    tell_each(session, "deleted_to_persistent", back)


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
    _drop(state, instance, names)
    events = events_of(state.mapper)
    if events is not None:
        for heard in events.expire:
            heard(instance, names)


def _drop(state: InstanceState, instance: Any, names: Any) -> None:
    values = instance.__dict__
    keys = state.mapper.expiring
    wanted = keys if names is None else frozenset(names)
    for key in wanted:
        values.pop(key, None)
    if names is None:
        for key in related_keys(state.mapper):
            values.pop(key, None)
        state.committed = state.waiting = None
        if state.parents is not None:
            state.parents = None
        state.expired = keys
        return
    if state.committed is not None:
        for key in wanted:
            state.committed.pop(key, None)
    state.expired = (state.expired or frozenset()) | (wanted & keys)
