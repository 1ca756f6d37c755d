"""What the flushes of one transaction have done to objects: to be taken back by a rollback."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.session.expiring import expire, expire_all
from toolkit_orm.session.session_events import tell_each

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

# The values say nothing: an object that nobody holds any more has nothing to be taken back.
States = dict[InstanceState, Any]
# From how many states on those of objects that are no more are looked for.
_MANY = 1_000


class Ledger:
    """The objects that were inserted, deleted and written; none is held by it."""

    __slots__ = ("_limit", "changed", "deleted", "expired_all", "inserted", "rekeyed")

    def __init__(self) -> None:
        self.inserted: States = {}
        # Objects whose primary key has changed, with what it was.
        self.rekeyed: States = {}
        self.deleted: States = {}
        # What was written, and what was expired: that may have been loaded since.
        self.changed: States = {}
        self.expired_all = False
        self._limit = _MANY

    def note(
        self,
        inserted: Iterable[InstanceState],
        deleted: Iterable[InstanceState],
        changed: Iterable[InstanceState],
    ) -> None:
        """Note what a flush has written."""
        self.inserted.update(dict.fromkeys(inserted))
        self.deleted.update(dict.fromkeys(deleted))
        self.changed.update(dict.fromkeys(changed))
        if len(self.inserted) + len(self.changed) + len(self.deleted) > self._limit:
            self._sweep()

    def _sweep(self) -> None:
        """Forget objects that are no more."""
        for kept in (self.inserted, self.changed, self.deleted, self.rekeyed):
            for state in [state for state in kept if state() is None]:
                del kept[state]
        left = len(self.inserted) + len(self.changed) + len(self.deleted)
        self._limit = max(_MANY, 2 * left)

    def pass_to(self, outer: Ledger) -> None:
        """Hand all over to the transaction around: a released savepoint is a part of it."""
        outer.note(self.inserted, self.deleted, self.changed)
        outer.expired_all = outer.expired_all or self.expired_all
        for state, pk in self.rekeyed.items():
            outer.rekeyed.setdefault(state, pk)


def note_expired(session: Session, states: Iterable[InstanceState] | None) -> None:
    """Note what expires inside of a savepoint; None: all objects.

    It may be loaded as it is inside, so a rollback to the savepoint has it expire again.
    """
    transaction = session._transaction
    if transaction is not None and transaction.parent is not None:
        if states is None:
            transaction.ledger.expired_all = True
        else:
            transaction.ledger.changed.update(dict.fromkeys(states))


def settle(session: Session, ledger: Ledger, outer: Ledger | None) -> None:
    """Have objects be as they are after a commit; ``outer``: only a savepoint was released."""
    if outer is not None:
        ledger.pass_to(outer)
        return
    if session.expire_on_commit:
        expire_all(session)
    for state in ledger.deleted:
        state.home = None
    tell_each(session, "deleted_to_detached", ledger.deleted)


def take_back(session: Session, ledger: Ledger, *, nested: bool) -> None:
    """Have objects be as they were before: new ones are new no more, deleted ones are back.

    What a rollback to a savepoint has not touched stays as it is loaded.
    """
    home = session._home
    pending = list(session._new)
    _restore(session, ledger)
    session._new = {}
    session._deleted = {}
    if session.dispatch.active:
        # Before anything expires: who is told may want to show it.
        _tell(session, ledger, pending)
    if nested and not ledger.expired_all:
        for state in (*ledger.changed, *home.modified):
            instance = state()
            if instance is not None and state.pk is not None and state.home is home:
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
        state.pk = state.home = state.committed = state.stale = None
        state.is_deleted = False
    for state, pk in ledger.rekeyed.items():
        if state.pk is not None and state.home is home:
            home.forget(state)
            state.pk = pk
            _put_back(session, state)
    for state in (*ledger.deleted, *session._deleted):
        if state not in ledger.inserted and state.pk is not None:
            state.is_deleted = False
            state.home = home
            _put_back(session, state)


def _put_back(session: Session, state: InstanceState) -> None:
    """Have the identity map find an object again, unless it is no more."""
    if state() is not None:
        session._home.known(state.place)[state.pk] = state


def _tell(session: Session, ledger: Ledger, pending: list[InstanceState]) -> None:
    tell_each(session, "persistent_to_transient", ledger.inserted)
    tell_each(
        session, "pending_to_transient", [one for one in pending if one not in ledger.inserted]
    )
    back = [state for state in ledger.deleted if state not in ledger.inserted]
    tell_each(session, "deleted_to_persistent", back)
