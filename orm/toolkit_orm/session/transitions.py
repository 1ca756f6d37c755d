"""Sending objects from one state to another, past the session's own ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.errors import shown_instance
from toolkit_orm.session.lookup import key_given
from toolkit_orm.session.membership import expunge, mapped_state
from toolkit_orm.session.subject import mapper_of

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def object_session(instance: Any) -> Session | None:
    """Return the session that an object is in, or None."""
    found: Session | None = mapped_state(instance).session
    return found


def was_deleted(object_: Any) -> bool:
    """Tell whether the row of an object was deleted by a flush that was not rolled back."""
    return mapped_state(object_).was_deleted


def make_transient(instance: Any) -> None:
    """Have an object be as if it were new: in no session, and in no database.

    What it has not loaded, or what has expired, it has no more.
    """
    state = mapped_state(instance)
    session = state.session
    if session is not None:
        if state.is_deleted:
            state.home = None
        else:
            expunge(session, instance)
    state.pk = state.home = state.stale = state.committed = state.waiting = None
    state.is_deleted = False
    state.was_written = True


def make_transient_to_detached(instance: Any) -> None:
    """Have a new object be as if it had been loaded: its row is known by its primary key.

    What it has no value for is loaded when it is in a session and asked for it.
    """
    state = mapped_state(instance)
    if state.home is not None or state.pk is not None:
        raise InvalidRequestError("Given object must be transient")
    mapper = state.mapper
    values = instance.__dict__
    key = tuple(mapper.primary_key_from_instance(instance))
    if any(one is None for one in key) and not (mapper.allow_partial_pks and any(key)):
        raise InvalidRequestError(
            f"{shown_instance(instance)} has no primary key, so it cannot be as if it had been "
            "loaded",
            hint=f"set {', '.join(mapper.key_names)}",
        )
    state.pk = key_given(mapper, key)
    state.committed = state.waiting = None
    state.stale = frozenset(mapper.expiring - values.keys()) or None


def identity_key(
    class_: Any = None,
    ident: Any = None,
    *,
    instance: Any = None,
    row: Any = None,
    identity_token: Any = None,
) -> tuple[Any, ...]:
    """Return what an identity map knows an object by: class, primary key, token."""
    if instance is not None:
        found: tuple[Any, ...] = mapped_state(instance).mapper.identity_key_from_instance(instance)
        return found
    if class_ is None:
        raise ArgumentError("class or instance is required")
    mapper = mapper_of(class_)
    if row is not None:
        from_row: tuple[Any, ...] = mapper.identity_key_from_row(row, identity_token=identity_token)
        return from_row
    if ident is None:
        raise ArgumentError("ident or row is required")
    key = ident if isinstance(ident, (tuple, list)) else (ident,)
    made: tuple[Any, ...] = mapper.identity_key_from_primary_key(tuple(key), identity_token)
    return made
