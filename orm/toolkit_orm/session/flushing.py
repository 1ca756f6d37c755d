"""Writing what has changed: changes, a plan of them, and carrying it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.session.ledger import States
from toolkit_orm.session.session_events import tell, tell_each
from toolkit_orm.session.told_flush import ToldFlush
from toolkit_orm.unit_of_work.changes import Changes, changes_of
from toolkit_orm.unit_of_work.execute import carry_out
from toolkit_orm.unit_of_work.plan import steps_of
from toolkit_orm.unit_of_work.told_plan import Plan
from toolkit_orm.unit_of_work.update_rows import former_version
from toolkit_orm.unit_of_work.written import written

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.session.session import Session


def flush(session: Session, objects: Iterable[InstanceState] | None = None) -> None:
    """Write what has changed, of all objects or of some."""
    if session._is_flushing:
        raise InvalidRequestError("Session is already flushing")
    if not session._is_dirty():
        return
    if session._guard is not None:
        session._guard.method("flush")
    session._is_flushing = True
    try:
        if session.dispatch.active:
            _flush_heard(session, objects)
        else:
            _flush_unheard(session, objects)
    finally:
        session._is_flushing = False


def _flush_unheard(session: Session, objects: Iterable[InstanceState] | None) -> None:
    transaction = session._begun()
    transaction.check()
    try:
        changes = _changes(session, objects)
        if changes:
            _carry_out(session, changes)
        _settle(session, changes, objects)
    except BaseException as error:
        transaction.fail(error)
        raise


def _flush_heard(session: Session, objects: Iterable[InstanceState] | None) -> None:
    told = ToldFlush(session)
    chosen = None if objects is None else [state() for state in objects]
    tell(session, "before_flush", told.context, chosen)
    if not session._is_dirty():
        return
    transaction = session._begun()
    transaction.check()
    told.begin(transaction)
    try:
        changes = _changes(session, objects)
        if changes:
            _carry_out(session, changes)
        tell(session, "after_flush", told.context)
        # A listener may have ended the transaction, and with it all of this.
        transaction.check()
        _settle(session, changes, objects)
        tell_each(session, "persistent_to_deleted", changes.deleted)
        tell_each(session, "pending_to_persistent", changes.inserted)
        tell(session, "after_flush_postexec", told.context)
        transaction.check()
    except BaseException as error:
        transaction.fail(error)
        told.end(failed=True)
        raise
    told.end(failed=False)


def _changes(session: Session, objects: Iterable[InstanceState] | None) -> Changes:
    modified = session._home.modified
    if objects is None:
        return changes_of(session._new, modified, session._deleted)
    return changes_of(
        _only(session._new, objects), _only(modified, objects), _only(session._deleted, objects)
    )


def _only(states: States, chosen: Iterable[InstanceState]) -> States:
    return {state: states[state] for state in chosen if state in states}


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


def _settle(session: Session, changes: Changes, objects: Iterable[InstanceState] | None) -> None:
    """Have the objects be in the states that they are in after a flush."""
    home = session._home
    modified: States = home.modified
    if objects is not None:
        modified = _only(modified, [*objects, *changes.inserted, *changes.updated])
    for state, former in changes.switched.items():
        changes.inserted[state] = state()
        changes.deleted[former] = former()
    session._begun().ledger.note(changes.inserted, changes.deleted, modified)
    for state in changes.deleted:
        home.forget(state)
        state.is_deleted = True
    for state in modified:
        state.committed = state.waiting = None
    session._new = _still_new(session, changes)
    if objects is None:
        session._deleted = {}
        modified.clear()
    else:
        session._deleted = _without(session._deleted, changes.deleted)
        home.modified = _without(home.modified, modified)


def _still_new(session: Session, changes: Changes) -> States:
    """Return what waits for its INSERT; what nobody has any more does not."""
    left = _without(session._new, changes.inserted)
    for state in changes.dropped:
        if left.pop(state, None) is not None:
            state.home = None
    return left


def _without(states: States, done: States) -> States:
    return {state: one for state, one in states.items() if state not in done}


def _take_place(session: Session, state: InstanceState, former: InstanceState) -> None:
    """Have a new object be the one of a row that is there."""
    home = session._home
    home.forget(former)
    state.pk = former.pk
    home.known(state.place)[state.pk] = state
    mapper = state.mapper
    values = state.dict
    version = written(mapper).version
    if version is not None:
        # Its row is found by the version that it has.
        values[version] = former_version(former)
    state.stale = frozenset(mapper.expiring.difference(values)) or None


def autoflush(session: Session) -> None:
    """Flush before a query, if there is anything to write."""
    if session._is_flushing:
        return
    if session._is_dirty():
        try:
            session.flush()
        except Exception as error:
            if hasattr(error, "add_detail"):
                error.add_detail(
                    "raised as a result of Query-invoked autoflush; consider using a "
                    "session.no_autoflush block if this flush is occurring prematurely"
                )
            raise


def explain_flush(session: Any) -> Plan:
    """Return the steps that a flush would take, without taking any; printed, one in a line."""
    return Plan(steps_of(changes_of(session._new, session._home.modified, session._deleted)))
