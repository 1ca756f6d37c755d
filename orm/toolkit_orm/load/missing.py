"""Loading what an object has not: attributes that expired or were left out."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.select import select
from toolkit_orm.errors import DetachedInstanceError, ObjectDeletedError
from toolkit_orm.instrument.state import InstanceState


def load_missing(state: InstanceState, key: str) -> Any:
    """Load an attribute of an object, and with it all others that expired."""
    instance = state()
    values = instance.__dict__
    expired = state.expired
    if expired is None or key not in expired:
        # In the database, but never told: NULL as far as anybody knows.
        return None
    session = None if state.home is None else state.home.session()
    if session is None:
        raise DetachedInstanceError(
            f"Instance <{type(instance).__name__}> is not bound to a Session; attribute refresh "
            "operation cannot proceed",
            hint=f"load {key!r} before the session ends, or add the object to a session again",
        )
    refresh(session, state, expired)
    return values[key]


def refresh(session: Any, state: InstanceState, names: Any) -> None:
    """Load attributes of an object anew, in one SELECT by its key."""
    mapper = state.mapper
    cls = mapper.class_
    wanted = [name for name in mapper.column_keys if name in names]
    key = state.pk if len(mapper.primary_key) > 1 else (state.pk,)
    statement = select(*[getattr(cls, name) for name in wanted]).where(
        *[column == value for column, value in zip(mapper.primary_key, key, strict=True)]
    )
    if len(mapper.tables) > 1:
        statement = statement.select_from(mapper.persist_selectable)
    row = session._connection_of(mapper).execute(statement).one_or_none()
    if row is None:
        raise ObjectDeletedError(
            f"Instance '<{cls.__name__}>' has been deleted, or its row is otherwise not present.",
            hint="somebody has deleted the row: expunge the object, or roll back",
        )
    values = state().__dict__
    for name, value in zip(wanted, row, strict=True):
        values[name] = value
    left = frozenset(state.expired or ()) - set(wanted)
    state.expired = left or None
