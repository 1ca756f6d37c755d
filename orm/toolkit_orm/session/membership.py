"""Which objects belong to a session, and what is to become of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError, warn_deprecated
from toolkit_core.lazy_module import lazy_module
from toolkit_orm.errors import UnmappedInstanceError, shown_instance
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.session.session_events import tell, tell_each

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session
    from toolkit_orm.unit_of_work import relations
else:
    relations = lazy_module("toolkit_orm.unit_of_work.relations")


def mapped_state(instance: Any) -> InstanceState:
    """Return the state of an object, which must be of a mapped class."""
    if not hasattr(type(instance), "__state_class__"):
        raise UnmappedInstanceError(instance, hint=_what_is_meant(instance))
    return state_of(instance)


def _what_is_meant(given: Any) -> str | None:
    """Return what a program may have wanted that gives no object; None: nobody knows."""
    if isinstance(given, type):
        return "this is a class: give an instance of it"
    if isinstance(given, (list, tuple, set)):
        return "this is a collection: give each object by itself, or all to add_all()"
    if isinstance(given, Mapping):
        return "these are values: make an object of them, Class(**values)"
    if hasattr(given, "with_entities"):
        return "this is a query: its delete() deletes all that it finds"
    return None


def has(session: Session, state: InstanceState) -> bool:
    """Tell whether an object is new in a session, or has a row and is in it."""
    if state.home is not session._home or state.is_deleted:
        return False
    return state.pk is not None or state in session._new


def chosen(objects: Iterable[object]) -> list[InstanceState] | None:
    """Return the states of objects that a flush is to be about; None for all."""
    warn_deprecated(
        "The `objects` parameter of `Session.flush` is deprecated: a flush of some objects is "
        "not a unit of work",
        "2.1",
    )
    return [mapped_state(one) for one in objects] or None


def enable_relationship_loading(session: Session, instance: object) -> None:
    """Have a new object belong to a session without being written by it."""
    state = mapped_state(instance)
    if state.home is None:
        session._begun()
        tell(session, "before_attach", instance)
        state.home = session._home
        tell(session, "after_attach", instance)
    state.loads_pending = True


def add(session: Session, instance: Any) -> None:
    """Put an object into a session, and with it those that it cascades to."""
    mapped_state(instance)
    session._begun()
    related = list(relations.cascaded(instance, "save-update"))
    _add_one(session, instance)
    for one in related:
        if state_of(one).home is not session._home:
            _add_one(session, one)


def _add_one(session: Session, instance: Any) -> None:
    state = state_of(instance)
    home = session._home
    if state.home is not None and state.home is not home:
        other = state.home.session()
        if other is not None:
            raise InvalidRequestError(
                f"Object '{shown_instance(instance)}' is already attached to session "
                f"'{id(other):x}' (this is '{id(session):x}')",
                hint="expunge() it there, or merge() it here",
            )
    heard = session.dispatch.active and state.home is not home
    if heard:
        tell(session, "before_attach", instance)
    if state.pk is None:
        session._new[state] = instance
        state.home = home
        if heard:
            tell(session, "after_attach", instance)
            tell(session, "transient_to_pending", instance)
        return
    if state.is_deleted:
        raise InvalidRequestError(
            f"Instance '{shown_instance(instance)}' has been deleted.  Use the make_transient() "
            "function to send this object back to the transient state."
        )
    session._deleted.pop(state, None)
    if state.home is not home:
        attach(home, state, instance)
        if heard:
            tell(session, "after_attach", instance)
            tell(session, "detached_to_persistent", instance)


def attach(home: Home, state: InstanceState, instance: Any) -> None:
    """Put an object that has a row into a session."""
    known = home.known(state.place)
    other = known.get(state.pk)
    if other is not None and other is not state and other() is not None:
        raise InvalidRequestError(
            f"Can't attach instance {shown_instance(instance)}; another instance with key "
            f"{state.key} is already present in this session.",
            hint="merge() puts what an object has into the one that is there",
        )
    known[state.pk] = state
    state.home = home
    if state.committed is not None:
        home.changed(state)


def delete(session: Session, instance: Any) -> None:
    """Have the next flush delete the row of an object."""
    state = mapped_state(instance)
    if state.pk is None:
        raise InvalidRequestError(f"Instance '{shown_instance(instance)}' is not persisted")
    if state.is_deleted or state in session._deleted:
        return
    session._begun()
    if state.home is not session._home:
        add(session, instance)
    related = list(relations.cascaded(instance, "delete"))
    session._deleted[state] = instance
    for one in related:
        below = state_of(one)
        if below.is_deleted:
            # It is in a collection still: its row is gone by this transaction.
            continue
        if below.pk is not None:
            session._deleted[below] = one
        else:
            session._new.pop(below, None)
            below.home = None


def expunge(session: Session, instance: Any) -> None:
    """Take an object out of a session."""
    state = mapped_state(instance)
    if state.home is not session._home:
        raise InvalidRequestError(
            f"Instance {shown_instance(instance)} is not present in this Session"
        )
    let_go(session, state)
    for one in list(relations.cascaded(instance, "expunge")):
        below = state_of(one)
        if below.home is session._home:
            let_go(session, below)


def let_go(session: Session, state: InstanceState) -> None:
    """Take one object out, without those that it leads to."""
    event = "pending_to_transient" if state.pk is None else "persistent_to_detached"
    session._new.pop(state, None)
    session._deleted.pop(state, None)
    session._home.modified.pop(state, None)
    session._home.forget(state)
    state.home = None
    tell_each(session, event, [state])


def expunge_all(session: Session) -> None:
    """Take all objects out of a session."""
    home = session._home
    persistent = [state for known in home.by_base.values() for state in known.values()]
    pending = list(session._new)
    for state in (*persistent, *pending, *_deleted_meanwhile(session)):
        state.home = None
    home.by_base.clear()
    home.modified.clear()
    session._new = {}
    session._deleted = {}
    if session.dispatch.active:
        tell_each(session, "persistent_to_detached", persistent)
        tell_each(session, "pending_to_transient", pending)


def _deleted_meanwhile(session: Session) -> list[InstanceState]:
    """Return what was deleted in the transaction in progress: it is in the session still."""
    found: list[InstanceState] = []
    transaction = session._transaction
    while transaction is not None:
        found += transaction.ledger.deleted
        transaction = transaction.parent
    return found


def close(session: Session, *, invalidate: bool) -> None:
    """Let all objects of a session go, and end its transaction."""
    transaction = session.get_transaction()
    if transaction is not None:
        # Before anything is let go: another thread may be about to commit it.
        transaction.check_unchanging("close")
    expunge_all(session)
    if transaction is not None:
        transaction.close(invalidate)
