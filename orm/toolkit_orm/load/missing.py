"""Loading what an object has not: attributes that expired or were left out."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.errors import DetachedInstanceError, shown_instance
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.renewal import brings, renew
from toolkit_orm.load.stored_columns import deferred_in, is_of_query, load_columns


def load_missing(state: InstanceState, key: str) -> Any:
    """Load an attribute of an object, and with it all others that expired."""
    instance = state()
    values = instance.__dict__
    expired = state.stale
    if expired is None or key not in expired:
        # In the database, but never told: NULL as far as anybody knows.
        return None
    told = state.load_options
    mapper = state.mapper
    if is_of_query(mapper.props[key]):
        # What it is each query says; this object's has said nothing.
        values[key] = None
        return None
    if _is_refused(mapper, key, told):
        raise InvalidRequestError(
            f"'{mapper.class_.__name__}.{key}' is not available due to raiseload=True",
            hint=f"undefer({mapper.class_.__name__}.{key})",
        )
    session = None if state.home is None else state.home.session()
    if session is None:
        left_out = key in deferred_in(mapper, told)
        raise DetachedInstanceError(
            f"Parent instance {shown_instance(instance)} is not bound to a Session; deferred load "
            f"operation of attribute '{key}' cannot proceed"
            if left_out
            else f"Instance {shown_instance(instance)} is not bound to a Session; attribute "
            "refresh operation cannot proceed",
            hint=f"load {key!r} before the session ends, or add the object to a session again",
        )
    if session._guard is not None:
        session._guard.attribute(state, key)
    if expired == mapper.expiring and key not in deferred_in(mapper, None) and brings(mapper, told):
        renew(session, state)
    else:
        names = _together(mapper, key, expired, told)
        if told is not None and told.group is not None and key in deferred_in(mapper, told):
            told.group.left_out(session, state, mapper.props[key], names)
            if key in values:
                return values[key]
        load_columns(session, state, names)
    return values[key]


def _is_refused(mapper: Any, key: str, told: Any) -> bool:
    if told is not None and (key in told.raising or key in told.deferred):
        # What a statement says counts more than the mapping.
        return key in told.raising
    return bool(mapper.props[key].raiseload)


def _together(mapper: Any, key: str, expired: Any, told: Any) -> frozenset[str]:
    """Return what is loaded with an attribute: all that expired, or the group that it is of.

    What one statement has left out is left out no more once all has expired.
    """
    deferred = deferred_in(mapper, None if expired == mapper.expiring else told)
    if key not in deferred:
        return frozenset(expired) - deferred
    group = mapper.props[key].group
    if group is None:
        return frozenset((key,))
    return frozenset(one for one in deferred & expired if mapper.props[one].group == group)
