"""Having objects loaded anew: when they are next read, or at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.errors import ObjectDeletedError, shown_instance
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.load.refreshing import refresh
from toolkit_orm.query.locking import lock_options
from toolkit_orm.session.expiring import expire
from toolkit_orm.session.flushing import autoflush
from toolkit_orm.session.ledger import note_expired
from toolkit_orm.session.membership import let_go, mapped_state
from toolkit_orm.unit_of_work.relations import cascaded

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def expire_one(session: Session, instance: Any, names: Iterable[str] | None) -> None:
    """Have attributes of an object loaded anew when they are next read."""
    state = _persistent(session, instance)
    _expire(session, state, instance, _checked(state, names))


def _expire(session: Session, state: InstanceState, instance: Any, names: list[str] | None) -> None:
    if names is not None:
        _expire_alone(session, state, instance, names)
        return
    # Before what leads to them is gone.
    related = list(cascaded(instance, "refresh-expire"))
    _expire_alone(session, state, instance, None)
    for one in related:
        below = state_of(one)
        if below.home is not session._home:
            continue
        if below.pk is not None:
            _expire_alone(session, below, one, None)
        else:
            # It was added to a collection that is now as in the database.
            let_go(session, below)


def _expire_alone(
    session: Session, state: InstanceState, instance: Any, names: list[str] | None
) -> None:
    expire(state, instance, names)
    note_expired(session, (state,))
    if not state.committed and not state.waiting:
        state.committed = None
        session._home.modified.pop(state, None)


def refresh_one(session: Session, instance: Any, names: Iterable[str] | None, lock: Any) -> None:
    """Load attributes of an object anew, maybe with its row locked."""
    state = _persistent(session, instance)
    chosen = _checked(state, names) or None
    how_locked = lock_options(lock)
    _expire(session, state, instance, chosen)
    if session.autoflush:
        autoflush(session)
    try:
        refresh(session, state, chosen, lock=how_locked)
    except ObjectDeletedError as error:
        raise InvalidRequestError(
            f"Could not refresh instance '{shown_instance(instance)}'",
            hint="its row is gone: expunge the object, or roll back",
        ) from error


def _persistent(session: Session, instance: Any) -> InstanceState:
    state = mapped_state(instance)
    if state.home is not session._home or not state.persistent:
        raise InvalidRequestError(
            f"Instance '{shown_instance(instance)}' is not persistent within this Session"
        )
    return state


def _checked(state: InstanceState, names: Iterable[str] | None) -> list[str] | None:
    """Return the names of attributes, if they are."""
    if names is None:
        return None
    if isinstance(names, (str, Mapping)):
        raise ArgumentError(
            f"attribute_names is a list of names, not {names!r}", hint=f"[{names!r}]"
        )
    chosen = list(names)
    for name in chosen:
        if not isinstance(name, str):
            raise ArgumentError(
                f"attribute_names is a list of names, not of {type(name).__name__}",
                hint=f"[{getattr(name, 'key', str(name))!r}]",
            )
        state.mapper.prop(name)
    return chosen
