"""Loading what an object has not: attributes that expired or were left out."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.errors import DetachedInstanceError, ObjectDeletedError, shown_instance
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.context import LoadContext
from toolkit_orm.load.reason import because
from toolkit_orm.mapping.mapper_events import is_anybody_listening, tell_refresh
from toolkit_orm.query.locking import locked


def load_missing(state: InstanceState, key: str) -> Any:
    """Load an attribute of an object, and with it all others that expired."""
    instance = state()
    values = instance.__dict__
    expired = state.expired
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
        left_out = key in _deferred(mapper, told)
        raise DetachedInstanceError(
            f"Parent instance {shown_instance(instance)} is not bound to a Session; deferred load "
            f"operation of attribute '{key}' cannot proceed"
            if left_out
            else f"Instance {shown_instance(instance)} is not bound to a Session; attribute "
            "refresh operation cannot proceed",
            hint=f"load {key!r} before the session ends, or add the object to a session again",
        )
    refresh(session, state, _together(mapper, key, expired, told))
    return values[key]


def is_of_query(prop: Any) -> bool:
    """Tell whether an attribute is what a query says, and nothing where it says nothing."""
    return getattr(prop, "of_query", False) and prop.columns[0].visit_name == "null"


def _is_refused(mapper: Any, key: str, told: Any) -> bool:
    if told is not None and key in told.raising:
        return True
    return bool(mapper.props[key].raiseload) and (told is None or key in told.deferred)


def _deferred(mapper: Any, told: Any) -> frozenset[str]:
    """Return what is loaded only when it is asked for itself."""
    own: frozenset[str] | None = mapper.memo.get("deferred")
    if own is None:
        own = mapper.memo["deferred"] = frozenset(
            key
            for key in mapper.column_keys
            if mapper.props[key].deferred or is_of_query(mapper.props[key])
        )
    return own if told is None else own | told.deferred


def _together(mapper: Any, key: str, expired: Any, told: Any) -> frozenset[str]:
    """Return what is loaded with an attribute: all that expired, or the group that it is of."""
    deferred = _deferred(mapper, told)
    if key not in deferred:
        return frozenset(expired) - deferred
    group = mapper.props[key].group
    if group is None:
        return frozenset((key,))
    return frozenset(one for one in deferred & expired if mapper.props[one].group == group)


def _refreshing(mapper: Any, wanted: tuple[str, ...]) -> Any:
    """Return the SELECT of some attributes of one object; of one table, if that has them all."""
    cls = mapper.class_
    columns = [mapper.c[name] for name in wanted]
    tables = {getattr(column, "table", None) for column in columns}
    only = next(iter(tables)) if len(tables) == 1 and len(mapper.tables) > 1 else None
    if only is None:
        made = select(*[getattr(cls, name) for name in wanted]).select_from(cls)
        keys = [getattr(cls, mapper.key_of[column]) for column in mapper.primary_key]
    else:
        made = select(*columns)
        same = [mapper.props[mapper.key_of[column]].columns for column in mapper.primary_key]
        keys = [next(one for one in each if one.table is only) for each in same]
    return made.where(
        *[key == bindparam(f"key_{place}", type_=key.type) for place, key in enumerate(keys)]
    )


def refresh(session: Any, state: InstanceState, names: Any, lock: Any = None) -> None:
    """Load attributes of an object anew, in one SELECT by its key; ``lock`` locks the row."""
    mapper = state.mapper
    wanted = tuple([name for name in mapper.column_keys if name in names])
    kept = mapper.memo.setdefault("refreshing", {})
    statement = kept.get(wanted)
    if statement is None:
        statement = kept[wanted] = _refreshing(mapper, wanted)
    key = state.pk if len(mapper.primary_key) > 1 else (state.pk,)
    given = {f"key_{place}": value for place, value in enumerate(key)}
    if lock is not None:
        statement = locked(statement, lock)
    options = because(session, loads_columns=True)
    row = session.execute(statement, given, execution_options=options).one_or_none()
    if row is None:
        raise ObjectDeletedError(
            f"Instance '{shown_instance(state())}' has been deleted, or its row is otherwise not "
            "present.",
            hint="somebody has deleted the row: expunge the object, or roll back",
        )
    values = state().__dict__
    for name, value in zip(wanted, row, strict=True):
        values[name] = value
    left = frozenset(state.expired or ()) - set(wanted)
    state.expired = left or None
    if is_anybody_listening():
        context = LoadContext(state.home, None, ()) if state.home is not None else None
        names_told = None if names is mapper.expiring else frozenset(wanted)
        tell_refresh(state(), context, names_told)
