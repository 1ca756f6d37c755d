"""UPDATEs of a flush: batches of one shape, versions checked, keys that have changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.mapping.mapper_events import refresh_flush_heard, tell_refresh_flush
from toolkit_orm.query.lowering import lowered
from toolkit_orm.unit_of_work.relations import Copy
from toolkit_orm.unit_of_work.written import WAS, Written, WrittenTable, written

Values = dict[str, Any]
Change = tuple[InstanceState, list[str]]


def update_rows(changes: list[Change], connection: Any, home: Home) -> None:
    """Update the rows of objects of one hierarchy, table by table."""
    tables: dict[Any, None] = {}
    for mapper in dict.fromkeys(state.mapper for state, _ in changes):
        tables.update(dict.fromkeys(mapper.tables))
    unknown: dict[InstanceState, set[str]] = {state: set() for state, _ in changes}
    for table in tables:
        _update_table(table, changes, connection, unknown)
    for state, names in changes:
        _written(state, names, unknown[state], home)


def _update_table(
    table: Any,
    changes: list[Change],
    connection: Any,
    unknown: dict[InstanceState, set[str]],
) -> None:
    here = []
    for state, names in changes:
        facts = written(state.mapper).by_table.get(table)
        if facts is None:
            continue
        own = tuple([name for name in names if name in facts.columns])
        if own or (facts.version is not None and names):
            here.append((state, facts, own, _has_sql(state, own)))
    for (facts, names, expressed), group in groupby(here, key=lambda one: one[1:]):
        batch = [one[0] for one in group]
        returning = _returned(facts, batch[0], names, connection)
        if expressed or returning:
            for state in batch:
                _send_one(facts, state, names, connection, returning)
        else:
            _send_many(facts, batch, names, connection)
        for state in batch:
            _note_unknown(facts, state, names, unknown[state])
            unknown[state].difference_update(returning)


def _returned(
    facts: WrittenTable, state: InstanceState, names: tuple[str, ...], connection: Any
) -> list[str]:
    """Return the attributes that the server changes too and that the UPDATE is to return."""
    if state.mapper.eager_defaults is not True or not connection.dialect.capabilities.returning:
        return []
    values = state.dict
    found = [name for name in names if is_sql(values.get(name))]
    return [*found, *sorted(facts.onupdate.difference(names))]


def _has_sql(state: InstanceState, names: Iterable[str]) -> bool:
    values = state.dict
    return any(is_sql(values.get(name)) for name in names)


def _row(facts: WrittenTable, state: InstanceState, names: Iterable[str]) -> Values:
    values = state.dict
    row = {facts.columns[name].key: _sent(values.get(name)) for name in names}
    generator = state.mapper.version_id_generator
    name: str | None = written(state.mapper).version
    if (
        name is not None
        and facts.version is not None
        and generator is not False
        and name not in names
    ):
        row[facts.version.key] = values[name] = generator(_former_version(state))
    return row


def _sent(value: Any) -> Any:
    return lowered(value) if is_sql(value) else value


def _former_version(state: InstanceState) -> Any:
    """Return the version that an object's row had when it was loaded."""
    name = written(state.mapper).version
    committed = state.committed or {}
    before = committed.get(name, NO_VALUE) if name is not None else NO_VALUE
    return getattr(state(), str(name)) if before is NO_VALUE else before


def _conditions(facts: WrittenTable, state: InstanceState) -> tuple[tuple[Any, ...], Values]:
    """Return what finds a row as it was: its key, and its version if there are versions."""
    values = facts.key_values(state.pk)
    if facts.version is None:
        return facts.key_conditions, values
    name = WAS + "version_" + facts.version.key
    values[name] = _former_version(state)
    condition = facts.version == bindparam(name, type_=facts.version.type)
    return (*facts.key_conditions, condition), values


def _send_one(
    facts: WrittenTable,
    state: InstanceState,
    names: tuple[str, ...],
    connection: Any,
    returning: list[str],
) -> None:
    conditions, found = _conditions(facts, state)
    statement: Any = update(facts.table).where(*conditions).values(_row(facts, state, names))
    if not returning:
        _checked(connection.execute(statement, found).rowcount, facts, 1)
        return
    statement = statement.returning(*[facts.columns[name] for name in returning])
    rows = connection.execute(statement, found).all()
    _checked(len(rows), facts, 1)
    state.dict.update(zip(returning, rows[0], strict=True))
    tell_refresh_flush(state, refresh_flush_heard(state.mapper), returning)


def _send_many(
    facts: WrittenTable, states: list[InstanceState], names: tuple[str, ...], connection: Any
) -> None:
    rows = []
    conditions: tuple[Any, ...] = ()
    for state in states:
        conditions, found = _conditions(facts, state)
        found.update(_row(facts, state, names))
        rows.append(found)
    if not any(key for key in rows[0] if not key.startswith(WAS)):
        return
    statement = update(facts.table).where(*conditions)
    result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    _checked(result.rowcount, facts, len(rows))


def _checked(matched: int, facts: WrittenTable, expected: int) -> None:
    if matched not in (expected, -1):
        raise StaleDataError(
            f"UPDATE statement on table {facts.table.name!r} expected to update "
            f"{expected} row(s); {matched} were matched.",
            hint="somebody else has changed or deleted a row meanwhile: roll back and load anew",
        )


def _note_unknown(
    facts: WrittenTable, state: InstanceState, names: tuple[str, ...], unknown: set[str]
) -> None:
    values = state.dict
    unknown.update(name for name in names if is_sql(values.get(name)))
    unknown.update(name for name in facts.onupdate if name not in names)
    version = written(state.mapper).version
    if version is not None and state.mapper.version_id_generator is False:
        unknown.add(version)


def _written(state: InstanceState, names: list[str], unknown: set[str], home: Home) -> None:
    facts = written(state.mapper)
    values = state.dict
    state.committed = None
    unknown.update(facts.expressions)
    for name in unknown:
        values.pop(name, None)
    if unknown:
        state.expired = frozenset(unknown | (state.expired or frozenset()))
    if any(name in names for name in facts.key_names):
        _take_key(facts, state, home)


def _take_key(facts: Written, state: InstanceState, home: Home) -> None:
    """Have an object be known by its new key."""
    values = state.dict
    key = tuple([values[name] for name in facts.key_names])
    home.forget(state)
    state.pk = key[0] if len(key) == 1 else key
    home.known(state.mapper.base)[state.pk] = state


def point_rows(copies: list[Copy], connection: Any) -> None:
    """Set the keys of relationships that are written after both rows are there."""
    for copy in copies:
        state = copy.dest
        copy.carry_out()
        names = tuple([to for _, to in copy.pairs])
        for facts in written(state.mapper).tables:
            own = tuple([name for name in names if name in facts.columns])
            if own:
                values = state.dict
                row = {facts.columns[name].key: values.get(name) for name in own}
                statement = update(facts.table).where(*facts.key_conditions)
                sent = {**facts.key_values(state.pk), **row}
                _checked(connection.execute(statement, sent).rowcount, facts, 1)
        if state.committed is not None:
            for name in names:
                state.committed.pop(name, None)
