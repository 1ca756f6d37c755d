"""Finding objects by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.select import select
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def get(session: Session, entity: Any, ident: Any) -> Any:
    """Return the object of a key: from the session, or else from the database."""
    mapper = entity.__mapper__
    pk = _pk(mapper, ident)
    home = session._home
    state = home.known(mapper.base).get(pk)
    if state is not None:
        instance = state()
        if instance is not None and state.expired is None:
            return instance
    key = pk if len(mapper.primary_key) > 1 else (pk,)
    statement = select(entity).where(
        *[column == value for column, value in zip(mapper.primary_key, key, strict=True)]
    )
    return session.execute(statement).scalars().one_or_none()


def _pk(mapper: Any, ident: Any) -> Any:
    names = [mapper.key_of[column] for column in mapper.primary_key]
    if isinstance(ident, dict):
        ident = tuple([ident[name] for name in names])
    if not isinstance(ident, tuple):
        ident = (ident,)
    if len(ident) != len(names):
        raise InvalidRequestError(
            f"Incorrect number of values in identifier to formulate primary key for session.get(); "
            f"primary key columns are {', '.join(map(repr, names))}"
        )
    return ident if len(names) > 1 else ident[0]


def attach(home: Home, state: InstanceState, instance: Any) -> None:
    """Put an object that has a row into a session."""
    known = home.known(state.mapper.base)
    other = known.get(state.pk)
    if other is not None and other is not state and other() is not None:
        raise InvalidRequestError(
            f"Can't attach instance {instance!r}; another instance with key {state.pk!r} is "
            "already present in this session.",
            hint="merge() puts what an object has into the one that is there",
        )
    known[state.pk] = state
    state.home = home
    if state.committed is not None:
        home.changed(state)
