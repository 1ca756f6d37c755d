"""Reading columns of one object by its key, and which of them are read at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.errors import ObjectDeletedError, shown_instance
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.context import LoadContext
from toolkit_orm.load.reason import because
from toolkit_orm.mapping.mapper_events import is_anybody_listening, tell_refresh


def is_of_query(prop: Any) -> bool:
    """Tell whether an attribute is what a query says, and nothing where it says nothing."""
    return getattr(prop, "of_query", False) and prop.columns[0].visit_name == "null"


def deferred_in(mapper: Any, told: Any) -> frozenset[str]:
    """Return what is loaded only when it is asked for itself."""
    own: frozenset[str] | None = mapper.memo.get("deferred")
    if own is None:
        own = mapper.memo["deferred"] = frozenset(
            key
            for key in mapper.column_keys
            if mapper.props[key].deferred or is_of_query(mapper.props[key])
        )
    return own if told is None else (own - told.undeferred) | told.deferred


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


def load_columns(session: Any, state: InstanceState, names: Any, *, is_all: bool = False) -> None:
    """Load columns of an object anew, in one SELECT by its key; ``is_all``: as was asked for."""
    mapper = state.mapper
    wanted = tuple([name for name in mapper.column_keys if name in names])
    kept = mapper.memo.setdefault("refreshing", {})
    statement = kept.get(wanted)
    if statement is None:
        statement = kept[wanted] = _refreshing(mapper, wanted)
    options = because(session, loads_columns=True)
    row = session.execute(statement, key_of(state), execution_options=options).one_or_none()
    if row is None:
        raise gone(state)
    put_columns(state, wanted, row, is_all=is_all)


def put_columns(
    state: InstanceState, wanted: tuple[str, ...], row: Sequence[Any], *, is_all: bool = False
) -> None:
    """Give an object what was read of its row."""
    values = state().__dict__
    for name, value in zip(wanted, row, strict=True):
        values[name] = value
    left = frozenset(state.stale or ()) - set(wanted)
    state.stale = left or None
    if is_anybody_listening():
        context = LoadContext(state.home, None, ()) if state.home is not None else None
        tell_refresh(state(), context, None if is_all else frozenset(wanted))


def key_of(state: InstanceState) -> dict[str, Any]:
    """Return an object's key as the parameters of a query of it."""
    key = state.pk if len(state.mapper.primary_key) > 1 else (state.pk,)
    return {f"key_{place}": value for place, value in enumerate(key)}


def gone(state: InstanceState) -> ObjectDeletedError:
    """Return the error about an object whose row is not there."""
    return ObjectDeletedError(
        f"Instance '{shown_instance(state())}' has been deleted, or its row is otherwise not "
        "present.",
        hint="somebody has deleted the row: expunge the object, or roll back",
    )
