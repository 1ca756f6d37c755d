"""``Session.refresh()``: loading attributes of an object at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.lazy import load_now
from toolkit_orm.load.renewal import renew
from toolkit_orm.load.stored_columns import load_columns


def refresh(
    session: Any,
    state: InstanceState,
    names: Iterable[str] | None = None,
    *,
    lock: Mapping[str, Any] | None = None,
) -> None:
    """Load attributes of an object that have expired: these, or all that come by themselves."""
    if names is None:
        renew(session, state, lock=lock, is_all=True)
        return
    mapper, told = state.mapper, state.load_options
    related: list[Any] = [mapper.props[name] for name in names if name in mapper.relationships]
    hows = [prop.lazy if told is None else told.how(prop) for prop in related]
    if lock is not None or "joined" in hows:
        renew(session, state, lock=lock)
    columns = mapper.expiring & frozenset(names) & frozenset(state.stale or ())
    if columns:
        load_columns(session, state, columns)
    values = state().__dict__
    for prop in related:
        if prop.key not in values:
            load_now(state, prop)
