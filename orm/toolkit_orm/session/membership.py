"""Which objects belong to a session, and what is to become of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.errors import UnmappedInstanceError
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.load.refreshing import refresh
from toolkit_orm.session.flushing import autoflush
from toolkit_orm.session.ledger import expire
from toolkit_orm.session.session_events import tell, tell_each
from toolkit_orm.unit_of_work.changes import changed_columns
from toolkit_orm.unit_of_work.relations import cascaded

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def mapped_state(instance: Any) -> InstanceState:
    """Return the state of an object, which must be of a mapped class."""
    cls = type(instance)
    if not hasattr(cls, "__state_class__"):
        shown = f"{cls.__module__}.{cls.__qualname__}"
        hint = None
        if isinstance(instance, type) and hasattr(instance, "__state_class__"):
            shown = f"{instance.__module__}.{instance.__qualname__}"
            hint = "this is a class: give an instance of it"
        raise UnmappedInstanceError(instance, f"Class '{shown}' is not mapped", hint=hint)
    return state_of(instance)


def add(session: Session, instance: Any) -> None:
    """Put an object into a session, and with it those that it cascades to."""
    mapped_state(instance)
    session._begun()
    related = list(cascaded(instance, "save-update"))
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
                f"Object '{instance!r}' is already attached to session '{id(other):x}' "
                f"(this is '{id(session):x}')",
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
            f"Instance '{instance!r}' has been deleted.  Use the make_transient() function to "
            "send this object back to the transient state."
        )
    session._deleted.pop(state, None)
    if state.home is not home:
        attach(home, state, instance)
        if heard:
            tell(session, "after_attach", instance)
            tell(session, "detached_to_persistent", instance)


def attach(home: Home, state: InstanceState, instance: Any) -> None:
    """Put an object that has a row into a session."""
    known = home.known(state.mapper.base)
    other = known.get(state.pk)
    if other is not None and other is not state and other() is not None:
        raise InvalidRequestError(
            f"Can't attach instance {instance!r}; another instance with key "
            f"{identity_key(state)} is already present in this session.",
            hint="merge() puts what an object has into the one that is there",
        )
    known[state.pk] = state
    state.home = home
    if state.committed is not None:
        home.changed(state)


def identity_key(state: InstanceState) -> tuple[Any, ...]:
    """Return what finds an object in an identity map: class, key, token."""
    pk = state.pk if isinstance(state.pk, tuple) else (state.pk,)
    return (state.mapper.base.class_, pk, None)


def delete(session: Session, instance: Any) -> None:
    """Have the next flush delete the row of an object."""
    state = mapped_state(instance)
    if state.pk is None:
        raise InvalidRequestError(f"Instance '{instance!r}' is not persisted")
    if state.is_deleted or state in session._deleted:
        return
    session._begun()
    if state.home is not session._home:
        add(session, instance)
    related = list(cascaded(instance, "delete"))
    session._deleted[state] = instance
    for one in related:
        below = state_of(one)
        if below.pk is not None:
            session._deleted[below] = one
        else:
            session._new.pop(below, None)
            below.home = None


def expunge(session: Session, instance: Any) -> None:
    """Take an object out of a session."""
    state = mapped_state(instance)
    if state.home is not session._home:
        raise InvalidRequestError(f"Instance '{instance!r}' is not present in this Session")
    _let_go(session, state)
    for one in list(cascaded(instance, "expunge")):
        below = state_of(one)
        if below.home is session._home:
            _let_go(session, below)


def _let_go(session: Session, state: InstanceState) -> None:
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
    for known in home.by_base.values():
        for state in known.values():
            state.home = None
    for state in session._new:
        state.home = None
    home.by_base.clear()
    home.modified.clear()
    session._new = {}
    session._deleted = {}


def expire_one(session: Session, instance: Any, names: Iterable[str] | None) -> None:
    """Have attributes of an object loaded anew when they are next read."""
    state = _persistent(session, instance)
    related = [] if names is not None else list(cascaded(instance, "refresh-expire"))
    _expire(session, state, instance, names)
    for one in related:
        below = state_of(one)
        if below.home is session._home and below.pk is not None:
            _expire(session, below, one, None)


def _expire(
    session: Session, state: InstanceState, instance: Any, names: Iterable[str] | None
) -> None:
    expire(state, instance, None if names is None else known_names(state.mapper, names))
    if state.committed is None:
        session._home.modified.pop(state, None)


def known_names(mapper: Any, names: Iterable[str]) -> list[str]:
    """Return names of attributes that there are."""
    return [mapper.prop(name).key for name in names]


def refresh_one(session: Session, instance: Any, names: Iterable[str] | None) -> None:
    """Load attributes of an object anew."""
    state = _persistent(session, instance)
    if session.autoflush:
        autoflush(session)
    wanted = None if names is None else known_names(state.mapper, names)
    expire_one(session, instance, wanted)
    refresh(session, state, wanted)
    if state.committed is None:
        session._home.modified.pop(state, None)


def _persistent(session: Session, instance: Any) -> InstanceState:
    state = mapped_state(instance)
    if state.home is not session._home or state.pk is None:
        raise InvalidRequestError(f"Instance '{instance!r}' is not persistent within this Session")
    return state


def is_modified(instance: Any) -> bool:
    """Tell whether an object has changes to be written."""
    state = mapped_state(instance)
    if state.pk is None:
        return bool(state.mapper.expiring & instance.__dict__.keys())
    return bool(changed_columns(state, instance.__dict__))


def close(session: Session, *, invalidate: bool) -> None:
    """End a session's transaction, and let all its objects go."""
    transaction = session.get_transaction()
    if transaction is not None:
        if invalidate:
            transaction.invalidate()
        transaction.close()
    expunge_all(session)
