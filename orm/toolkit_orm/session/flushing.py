"""Writing what has changed: changes, a plan of them, and carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.session.session_events import tell, tell_each
from toolkit_orm.unit_of_work.changes import Changes, changes_of
from toolkit_orm.unit_of_work.execute import carry_out
from toolkit_orm.unit_of_work.plan import steps_of
from toolkit_orm.unit_of_work.told_plan import Plan
from toolkit_orm.unit_of_work.update_rows import former_version
from toolkit_orm.unit_of_work.written import written

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.session.session import Session


def flush(session: Session) -> None:
    """Write what has changed."""
    if session._is_flushing:
        raise InvalidRequestError("Session is already flushing")
    if not _is_dirty(session):
        return
    transaction = session._begun()
    transaction.check()
    session._is_flushing = True
    try:
        tell(session, "before_flush", session, None)
        changes = changes_of(session._new, session._home.modified, session._deleted)
        if changes:
            _carry_out(session, changes)
        tell(session, "after_flush", session)
    except BaseException as error:
        transaction.fail(error)
        raise
    finally:
        session._is_flushing = False
    _settle(session, changes)
    tell(session, "after_flush_postexec", session)


def _is_dirty(session: Session) -> bool:
    return bool(session._new or session._deleted or session._home.modified)


def _carry_out(session: Session, changes: Changes) -> None:
    rekeyed = session._begun().ledger.rekeyed
    for state, names in changes.updated.items():
        if not names.isdisjoint(written(state.mapper).key_names):
            rekeyed.setdefault(state, state.pk)
    for copies in changes.relations.followers.values():
        for copy in copies:
            rekeyed.setdefault(copy.dest, copy.dest.pk)
    for state, former in changes.switched.items():
        _take_place(session, state, former)
    carry_out(steps_of(changes), session._connection_of, session._home)


def _settle(session: Session, changes: Changes) -> None:
    """Have the objects be in the states that they are in after a flush."""
    modified = session._home.modified
    for state, former in changes.switched.items():
        changes.inserted[state] = state()
        changes.deleted[former] = former()
    session._begun().ledger.note(changes.inserted, changes.deleted, modified)
    for state in changes.deleted:
        session._home.forget(state)
        state.is_deleted = True
    for state in modified:
        state.committed = state.waiting = None
    added = {state: one for state, one in session._new.items() if state not in changes.inserted}
    for state in changes.dropped:
        if added.pop(state, None) is not None:
            state.home = None
    session._new = added
    session._deleted = {}
    modified.clear()
    if session.dispatch.active:
        tell_each(session, "pending_to_persistent", changes.inserted)
        tell_each(session, "persistent_to_deleted", changes.deleted)


def _take_place(session: Session, state: InstanceState, former: InstanceState) -> None:
    """Have a new object be the one of a row that is there."""
    home = session._home
    home.forget(former)
    state.pk = former.pk
    home.known(state.mapper.base)[state.pk] = state
    mapper = state.mapper
    values = state.dict
    version = written(mapper).version
    if version is not None:
        # Its row is found by the version that it has.
        values[version] = former_version(former)
    state.expired = frozenset(mapper.expiring.difference(values)) or None
    name = written(state.mapper).version
    if name is not None:
        state.dict[name] = getattr(former(), name)


def autoflush(session: Session) -> None:
    """Flush before a query, if there is anything to write."""
    if session._is_flushing:
        return
    if _is_dirty(session):
        try:
            flush(session)
        except Exception as error:
            if hasattr(error, "add_detail"):
                error.add_detail(
                    "raised as a result of Query-invoked autoflush; consider using a "
                    "session.no_autoflush block if this flush is occurring prematurely"
                )
            raise


def explain_flush(session: Session) -> Plan:
    """Return the steps that a flush would take, without taking any; printed, one in a line."""
    return Plan(steps_of(changes_of(session._new, session._home.modified, session._deleted)))
