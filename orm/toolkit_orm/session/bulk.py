"""Writing many rows past the unit of work: of objects, or of dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.session.insert_mappings import insert_many
from toolkit_orm.session.membership import mapped_state
from toolkit_orm.session.subject import mapper_of
from toolkit_orm.session.told_flush import ToldFlush
from toolkit_orm.session.update_mappings import update_many
from toolkit_orm.unit_of_work.changes import changed_columns
from toolkit_orm.unit_of_work.written import written

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

Row = dict[str, Any]


def insert_mappings(
    session: Session,
    mapper: Any,
    mappings: Iterable[Row],
    *,
    return_keys: bool,
    render_nulls: bool,
) -> None:
    """Insert rows, each given as a dictionary."""
    target = mapper_of(mapper)
    rows = list(mappings)

    def write() -> None:
        insert_many(
            session._connection_of(target), target, rows, keys=return_keys, nulls=render_nulls
        )

    _in_transaction(session, write if rows else None)


def update_mappings(session: Session, mapper: Any, mappings: Iterable[Row]) -> None:
    """Update rows by their keys, each given as a dictionary."""
    target = mapper_of(mapper)
    rows = list(mappings)

    def write() -> None:
        update_many(session._connection_of(target), target, rows)

    _in_transaction(session, write if rows else None)


def save_objects(
    session: Session,
    objects: Iterable[object],
    *,
    return_defaults: bool,
    changed_only: bool,
    in_order: bool,
) -> None:
    """Insert or update the rows of objects."""
    # Held, since nobody else may hold them.
    given = list(objects)
    states = [mapped_state(one) for one in given]
    if not in_order:
        states.sort(key=lambda state: (id(state.mapper), state.pk is not None))

    def write() -> None:
        for (mapper, has_row), group in groupby(
            states, key=lambda state: (state.mapper, state.pk is not None)
        ):
            batch = list(group)
            connection = session._connection_of(mapper)
            if has_row:
                rows = [_changed(state, changed_only=changed_only) for state in batch]
                update_many(connection, mapper, [row for row in rows if row is not None])
            else:
                _insert(connection, mapper, batch, return_keys=return_defaults)

    _in_transaction(session, write if states else None)


def _insert(
    connection: Any, mapper: Any, states: list[InstanceState], *, return_keys: bool
) -> None:
    names = written(mapper).names
    rows = [{key: value for key, value in state.dict.items() if key in names} for state in states]
    insert_many(connection, mapper, rows, keys=return_keys, nulls=False)
    if not return_keys:
        return
    key_names = written(mapper).key_names
    for state, row in zip(states, rows, strict=True):
        key = tuple([row[name] for name in key_names])
        state.dict.update(zip(key_names, key, strict=True))
        state.pk = key if len(key) > 1 else key[0]
        state.committed = None
        state.stale = frozenset(mapper.expiring - state.dict.keys()) or None


def _changed(state: InstanceState, *, changed_only: bool) -> Row | None:
    """Return what of a row is to be written, with its key; None for nothing."""
    facts = written(state.mapper)
    values = state.dict
    names = changed_columns(state, values) if changed_only else list(facts.names)
    row = {name: values[name] for name in names if name in values}
    if not row.keys() - set(facts.key_names):
        return None
    row.update(zip(facts.key_names, state.identity or (), strict=True))
    if facts.version is not None and facts.version in values:
        row[facts.version] = values[facts.version]
    return row


def _in_transaction(session: Session, write: Callable[[], None] | None) -> None:
    """Write as a flush does: an error needs a rollback of the session."""
    transaction = session._begun()
    transaction.check()
    if write is None:
        return
    told = ToldFlush(session) if session.dispatch.active else None
    if told is not None:
        told.begin(transaction)
    try:
        write()
    except BaseException as error:
        transaction.fail(error)
        if told is not None:
            told.end(failed=True)
        raise
    if told is not None:
        told.end(failed=False)
