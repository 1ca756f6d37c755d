"""The end of a session's transaction, and what becomes of its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


class Ledger:
    """What flushes of the present transaction have written: to be taken back by a rollback."""

    __slots__ = ("deleted", "inserted")

    def __init__(self) -> None:
        self.inserted: dict[InstanceState, Any] = {}
        self.deleted: dict[InstanceState, Any] = {}

    def note(self, inserted: dict[InstanceState, Any], deleted: dict[InstanceState, Any]) -> None:
        """Note what a flush has written."""
        self.inserted.update(inserted)
        self.deleted.update(deleted)

    def clear(self) -> None:
        """Forget it: the transaction has ended."""
        self.inserted.clear()
        self.deleted.clear()


def commit(session: Session) -> None:
    """Commit; objects expire, so that what others write is seen."""
    connection, session._connection = session._connection, None
    if connection is not None:
        try:
            connection.commit()
        finally:
            connection.close()
    for state in session._written.deleted:
        state.home = None
    session._written.clear()
    if session.expire_on_commit:
        expire_all(session)


def rollback(session: Session) -> None:
    """Roll back; what was new is so again, what was deleted is back, all else expires."""
    connection, session._connection = session._connection, None
    if connection is not None:
        try:
            connection.rollback()
        finally:
            connection.close()
    home = session._home
    ledger = session._written
    for state in ledger.inserted:
        home.forget(state)
        state.pk = state.home = state.committed = state.expired = None
    for state in session._new:
        state.home = None
    for state, instance in ledger.deleted.items():
        if state not in ledger.inserted:
            state.is_deleted = False
            home.known(state.mapper.base)[state.pk] = state
            state.home = home
            instance.__dict__.get("")
    session._new = {}
    session._deleted = {}
    ledger.clear()
    expire_all(session)


def close(session: Session) -> None:
    """Roll back, and let all objects go."""
    connection, session._connection = session._connection, None
    if connection is not None:
        connection.close()
    home = session._home
    for known in home.by_base.values():
        for state in known.values():
            state.home = None
    for state in session._new:
        state.home = None
    home.by_base.clear()
    home.modified.clear()
    session._new = {}
    session._deleted = {}
    session._written.clear()


def expire_all(session: Session) -> None:
    """Have all attributes loaded anew when they are next read."""
    home = session._home
    for base, known in home.by_base.items():
        for state in list(known.values()):
            instance = state()
            if instance is not None:
                expire(state, instance)
    home.modified.clear()


def expire(state: InstanceState, instance: Any) -> None:
    """Have the attributes of an object loaded anew when they are next read."""
    values = instance.__dict__
    mapper = state.mapper
    keys = mapper.expiring
    for key in keys:
        values.pop(key, None)
    state.committed = None
    state.expired = keys
