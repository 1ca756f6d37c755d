"""Carrying the steps of a flush out: batches of one shape, and what comes back is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from toolkit_core.expression.delete import delete
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.insert import insert
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.plan import DeleteStep, InsertStep, RowsStep, Step, UpdateStep
from toolkit_orm.unit_of_work.written import WAS, Written, written


def carry_out(steps: Iterable[Step], connection_of: Callable[[Any], Any], home: Home) -> None:
    """Carry steps out, one after the other."""
    for step in steps:
        connection = connection_of(step.mapper)
        for copy in step.copies:
            copy.carry_out()
        if isinstance(step, InsertStep):
            _insert(step, connection, home)
        elif isinstance(step, UpdateStep):
            _update(step, connection)
        elif isinstance(step, DeleteStep):
            _delete(step, connection)
        elif isinstance(step, RowsStep):
            _rows(step, connection)


# -- INSERT ------------------------------------------------------------------------------------


def _insert(step: InsertStep, connection: Any, home: Home) -> None:
    facts = written(step.mapper)
    rows = [(state, *_row(facts, state)) for state in step.states]
    for (_, expressed), group in groupby(rows, key=lambda row: (tuple(row[1]), bool(row[2]))):
        batch = list(group)
        if expressed:
            for state, row, in_sql in batch:
                statement = insert(facts.table).values({**row, **in_sql})
                _insert_batch(step.mapper, statement, [state], [row], connection, home, in_sql)
        else:
            states = [state for state, _, _ in batch]
            sent = [row for _, row, _ in batch]
            _insert_batch(step.mapper, insert(facts.table), states, sent, connection, home)


def _row(facts: Written, state: InstanceState) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values of a row, and those that are SQL; what is None is left to defaults."""
    instance: Any = state()
    values = instance.__dict__
    row: dict[str, Any] = {}
    in_sql: dict[str, Any] = {}
    for key, column in facts.columns.items():
        found = values.get(key)
        if found is None and (column.type.should_evaluate_none is False or key not in values):
            if key in facts.null_keys:
                row[column.key] = None
        elif is_sql(found):
            in_sql[column.key] = found
        else:
            row[column.key] = found
    return row, in_sql


def _insert_batch(
    mapper: Any,
    statement: Any,
    states: list[InstanceState],
    rows: list[dict[str, Any]],
    connection: Any,
    home: Home,
    in_sql: dict[str, Any] | None = None,
) -> None:
    facts = written(mapper)
    known = home.known(mapper.base)
    primary = [column.key for column in mapper.primary_key]
    expressed = in_sql or {}
    if all(name in rows[0] for name in primary):
        result = connection.execute(statement, rows if in_sql is None else None)
        keys: Any = None
    elif len(rows) == 1:
        result = connection.execute(statement, rows[0] if in_sql is None else None)
        keys = [tuple(result.inserted_primary_key)]
    else:
        returning = statement.returning(*mapper.primary_key, sort_by_parameter_order=True)
        result = connection.execute(returning, rows)
        keys = result.all()
    sent = result._facts.sets
    single = len(primary) == 1
    for number, state in enumerate(states):
        values = state().__dict__
        if keys is None:
            key = tuple([sent[number][name] for name in primary])
        else:
            key = tuple(keys[number])
        for name, value in zip(facts.primary_keys, key, strict=True):
            values[name] = value
        _store_sent(facts, state, values, sent[number], expressed)
        state.pk = key[0] if single else key
        state.committed = None
        state.home = home
        known[state.pk] = state


def _store_sent(
    facts: Written,
    state: InstanceState,
    values: dict[str, Any],
    sent: Any,
    expressed: dict[str, Any],
) -> None:
    """Store what defaults were sent; what the database has made up is loaded when it is read."""
    unknown = []
    for key, column in facts.columns.items():
        if column.key in sent:
            values[key] = sent[column.key]
        elif key not in facts.primary_keys:
            values.pop(key, None)
            unknown.append(key)
    state.expired = frozenset(unknown) or None


# -- UPDATE ------------------------------------------------------------------------------------


def _update(step: UpdateStep, connection: Any) -> None:
    facts = written(step.mapper)
    for (names, expressed), group in groupby(
        step.states, key=lambda one: (tuple(sorted(one[1])), _has_sql(*one))
    ):
        batch = [state for state, _ in group]
        columns = [facts.columns[name] for name in names]
        statement = update(facts.table).where(*facts.key_conditions)
        if expressed:
            for state in batch:
                values = state().__dict__
                given = {
                    column.key: values[name] for column, name in zip(columns, names, strict=True)
                }
                _sent_update(
                    statement.values(given), [facts.key_values(state.pk)], 1, connection, facts
                )
        else:
            rows = [
                {
                    **{c.key: state().__dict__.get(n) for c, n in zip(columns, names, strict=True)},
                    **facts.key_values(state.pk),
                }
                for state in batch
            ]
            _sent_update(statement, rows, len(batch), connection, facts)
        for state in batch:
            _updated(facts, state, names)


def _has_sql(state: InstanceState, names: list[str]) -> bool:
    values = state().__dict__
    return any(is_sql(values.get(name)) for name in names)


def _sent_update(
    statement: Any, rows: list[dict[str, Any]], expected: int, connection: Any, facts: Written
) -> None:
    result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    matched = result.rowcount
    if matched not in (expected, -1):
        raise StaleDataError(
            f"UPDATE statement on table {facts.table.name!r} expected to update "
            f"{expected} row(s); {matched} were matched.",
            hint="somebody else has changed or deleted a row meanwhile: roll back and load anew",
        )


def _updated(facts: Written, state: InstanceState, names: tuple[str, ...]) -> None:
    values = state().__dict__
    state.committed = None
    unknown = {name for name in names if is_sql(values.get(name))}
    unknown |= {name for name in facts.onupdate_keys if name not in names}
    for name in unknown:
        values.pop(name, None)
    if unknown:
        state.expired = frozenset(unknown | (state.expired or frozenset()))


# -- DELETE ------------------------------------------------------------------------------------


def _delete(step: DeleteStep, connection: Any) -> None:
    facts = written(step.mapper)
    statement = delete(facts.table).where(*facts.key_conditions)
    rows = [facts.key_values(state.pk) for state in step.states]
    result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    if result.rowcount not in (len(rows), -1):
        raise StaleDataError(
            f"DELETE statement on table {facts.table.name!r} expected to delete "
            f"{len(rows)} row(s); {result.rowcount} were matched.",
            hint="somebody else has deleted a row meanwhile: roll back and load anew",
        )


# -- rows between ------------------------------------------------------------------------------


def _rows(step: RowsStep, connection: Any) -> None:
    prop = step.states[0].prop
    table = prop.secondary
    rows = [_between(row) for row in step.states]
    if step.verb == "insert":
        connection.execute(insert(table), rows if len(rows) > 1 else rows[0])
        return
    names = list(rows[0])
    conditions = [
        table.c[name] == bindparam(WAS + name, type_=table.c[name].type) for name in names
    ]
    was = [{WAS + name: value for name, value in row.items()} for row in rows]
    result = connection.execute(delete(table).where(*conditions), was if len(was) > 1 else was[0])
    if result.rowcount not in (len(was), -1):
        raise StaleDataError(
            f"DELETE statement on table {table.name!r} expected to delete {len(was)} row(s); "
            f"Only {result.rowcount} were matched.",
            hint="somebody else has deleted a row meanwhile: roll back and load anew",
        )


def _between(row: Any) -> dict[str, Any]:
    prop = row.prop
    near, far = row.near().__dict__, row.far().__dict__
    found = {to.key: near[prop.parent.key_of[one]] for one, to in prop.synchronize_pairs}
    for one, to in prop.secondary_synchronize_pairs:
        found[to.key] = far[prop.mapper.key_of[one]]
    return found
