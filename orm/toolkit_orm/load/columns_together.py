"""Columns that were left out, read for many objects by one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.reason import because
from toolkit_orm.load.stored_columns import put_columns
from toolkit_orm.query.key_expression import key_expression

# How many keys stand in one IN.
_MOST = 500
_KEYS = "keys"


def load_columns_of(session: Any, mapper: Any, states: list[Any], names: Iterable[str]) -> None:
    """Load columns of those objects that lack them; of rows that are gone they stay unloaded."""
    names = frozenset(names)
    owner = _owner(mapper, names)
    waiting = {
        state.pk: state
        for state in states
        if state() is not None
        and state.home is session._home
        and state.identity_token is None
        and state.mapper.isa(owner)
        and names <= (state.stale or frozenset())
    }
    wanted = tuple([name for name in owner.column_keys if name in names])
    statement = _statement(owner, wanted)
    width = len(owner.primary_key)
    keys = list(waiting)
    options = {"autoflush": False, **because(session, loads_columns=True)}
    for start in range(0, len(keys), _MOST):
        sent = {_KEYS: keys[start : start + _MOST]}
        for row in session.execute(statement, sent, execution_options=options):
            key = row[0] if width == 1 else tuple(row[:width])
            state: InstanceState | None = waiting.get(key)
            if state is not None:
                put_columns(state, wanted, row[width:])


def _owner(mapper: Any, names: frozenset[str]) -> Any:
    """Return the class, of those above, that all objects with these columns are of."""
    while mapper.inherits is not None and names <= set(mapper.inherits.column_keys):
        mapper = mapper.inherits
    return mapper


def _statement(mapper: Any, wanted: tuple[str, ...]) -> Any:
    kept = mapper.memo.setdefault("columns together", {})
    made = kept.get(wanted)
    if made is None:
        cls = mapper.class_
        keys = [getattr(cls, name) for name in mapper.key_names]
        key = key_expression(keys)
        columns = [getattr(cls, name) for name in wanted]
        made = kept[wanted] = select(*keys, *columns).where(
            key.in_(bindparam(_KEYS, expanding=True))
        )
    return made
