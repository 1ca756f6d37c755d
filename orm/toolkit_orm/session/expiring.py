"""Having attributes of objects loaded anew when they are next read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.mapping.mapper_events import events_of

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def expire_all(session: Session) -> None:
    """Have all attributes of all objects loaded anew when they are next read."""
    home = session._home
    for known in home.by_base.values():
        for state in list(known.values()):
            instance = state()
            if instance is not None:
                expire(state, instance)
    home.modified.clear()


def related_keys(mapper: Any) -> list[str]:
    """Return the names of a class's relationships, which are loaded anew as well."""
    found: list[str] | None = mapper.memo.get("related_keys")
    if found is None:
        found = mapper.memo["related_keys"] = list(mapper.relationships.keys())
    return found


def expire(state: InstanceState, instance: Any, names: Any = None) -> None:
    """Have attributes of an object, or all, loaded anew when they are next read."""
    _drop(state, instance, names)
    events = events_of(state.mapper)
    if events is not None:
        for heard in events.expire:
            heard(instance, names)


def _drop(state: InstanceState, instance: Any, names: Any) -> None:
    values = instance.__dict__
    keys = state.mapper.expiring
    wanted = keys if names is None else frozenset(names)
    for key in wanted:
        values.pop(key, None)
    if names is None:
        for key in related_keys(state.mapper):
            values.pop(key, None)
        state.committed = state.waiting = None
        if state.parents is not None:
            state.parents = None
        state.stale = keys
        return
    for told in (state.committed, state.waiting):
        if told is not None:
            for key in wanted:
                told.pop(key, None)
    state.stale = (state.stale or frozenset()) | (wanted & keys)
