"""Having objects follow what a statement has done to their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.session.expiring import expire
from toolkit_orm.session.session_events import tell_each
from toolkit_orm.unit_of_work.written import written

Matched = list[tuple[InstanceState, Any]]


def put_values(
    state: InstanceState, instance: Any, values: Mapping[str, Any], changed: Iterable[str]
) -> None:
    """Give an object values that its row has now; what else has changed is loaded anew.

    What was set on the object, and is not written yet, is no longer what it was set over: it
    is loaded anew, too.
    """
    have = instance.__dict__
    pending = state.committed or ()
    stale = []
    for name in changed:
        if name not in have:
            continue
        if name in values and name not in pending:
            have[name] = values[name]
        else:
            stale.append(name)
    if stale:
        expire(state, instance, stale)


def taken_out(session: Any, matched: Matched) -> None:
    """Have the objects of deleted rows be deleted."""
    ledger = session._begun().ledger
    for state, _ in matched:
        session._home.forget(state)
        session._home.modified.pop(state, None)
        session._deleted.pop(state, None)
        state.is_deleted = True
        # Not held by it.
        ledger.deleted[state] = None
    tell_each(session, "persistent_to_deleted", [state for state, _ in matched])


def has_any(session: Any, mapper: Any) -> bool:
    """Tell whether a session has any object of a class's hierarchy."""
    home = session._home
    home.sweep()
    return any(home.known_anywhere(mapper.base))


def present(session: Any, mapper: Any, token: Any = None) -> Matched:
    """Return the objects of a class that a session has: of a token, or of whatever token."""
    known = session._home.known_anywhere(mapper.base, token)
    found = [(state, state()) for one in known for state in list(one.values())]
    cls = mapper.class_
    return [(state, one) for state, one in found if isinstance(one, cls)]


def known_by_key(session: Any, mapper: Any, keys: Iterable[Any], token: Any = None) -> Matched:
    """Return the objects of a class, of those that a session has, by their keys."""
    known = session._home.known_anywhere(mapper.base, token)
    found = []
    for key in keys:
        pk = tuple(key) if len(key) > 1 else key[0]
        for there in known:
            state = there.get(pk)
            one = None if state is None else state()
            if state is not None and isinstance(one, mapper.class_):
                found.append((state, one))
    return found


def changed_by_itself(mapper: Any) -> set[str]:
    """Return the attributes that have other values whenever a row is updated."""
    facts = written(mapper)
    return {*facts.expressions, *[name for one in facts.tables for name in one.onupdate]}
