"""One UPDATE of a flush: the rows of objects of which the same columns have changed."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import StatementError
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.insert_batch import fetch
from toolkit_orm.unit_of_work.refusals import tell_of
from toolkit_orm.unit_of_work.row_text import update_maker
from toolkit_orm.unit_of_work.told_rows import tell_made
from toolkit_orm.unit_of_work.written import WrittenTable, written

Values = dict[str, Any]


class Shape:
    """What is known of all UPDATEs that set the same columns of a table."""

    __slots__ = ("facts", "follows", "is_versioned", "left", "make", "names", "statement")

    def __init__(self, facts: WrittenTable, names: dict[str, Any], *, follows: bool) -> None:
        self.facts = facts
        # Attribute → column, in the order of the table.
        self.names = names
        # Whether the database changes the key here when that of the table above changes.
        self.follows = follows
        self.is_versioned = facts.version is not None
        # What else the database changes.
        self.left = facts.onupdate.difference(names)
        if self.is_versioned and facts.mapper.version_id_generator is False:
            self.left |= {written(facts.mapper).version or ""}
        self.make = update_maker(
            [(name, column.key) for name, column in names.items()],
            facts.key_parts,
        )
        conditions = (*facts.key_conditions, *facts.version_condition)
        self.statement = update(facts.table).where(*conditions)


class Batch:
    """Objects and what is sent of them."""

    __slots__ = ("in_sql", "rows", "shape", "sql_names", "states")

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.states: list[InstanceState] = []
        self.rows: list[Values] = []
        # Column → SQL, of the one object of its batch; and the attributes.
        self.in_sql: Values = {}
        self.sql_names: set[str] = set()


def send(batch: Batch, connection: Any, unknown: dict[InstanceState, frozenset[str]]) -> None:
    """Update the rows, and note what the database has made up."""
    shape, rows = batch.shape, batch.rows
    facts = shape.facts
    if not batch.in_sql and all(name.startswith(facts.was) for name in rows[0]):
        # All there is to it is a version that somebody else counts.
        return
    try:
        _send(batch, connection, unknown)
    except StatementError as error:
        tell_of(error, "update", batch.states, facts.columns)
        raise


def _send(batch: Batch, connection: Any, unknown: dict[InstanceState, frozenset[str]]) -> None:
    shape, rows = batch.shape, batch.rows
    facts = shape.facts
    left = shape.left.union(batch.sql_names)
    returning = _returned(batch, left, connection)
    statement = shape.statement
    if batch.in_sql:
        statement = statement.values(batch.in_sql)
    if returning:
        chosen = statement.returning(*[facts.columns[name] for name in returning])
        for state, row in zip(batch.states, rows, strict=True):
            result = connection.execute(chosen, row)
            found = result.all()
            _checked(len(found), facts, 1)
            state.dict.update(zip(returning, found[0], strict=True))
            stored = _store_sent(facts, left, (state,), result._facts.sets, row)
            tell_made(facts, (state,), [*returning, *stored])
    else:
        result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
        _checked(result.rowcount, facts, len(rows))
        stored = []
        if left:
            stored = _store_sent(facts, left, batch.states, result._facts.sets, rows[0])
            left = _still_unknown(facts, left, batch, result._facts.sets[0])
        tell_made(facts, batch.states, stored)
    left = left.difference(returning)
    if left:
        for state in batch.states:
            unknown[state] = left | unknown.get(state, left)


def _still_unknown(
    facts: WrittenTable, left: frozenset[str], batch: Batch, sent: Values
) -> frozenset[str]:
    """Leave out what a default of Python's has set."""
    return frozenset(
        [
            name
            for name in left
            if name in batch.sql_names
            or facts.columns[name].key not in sent
            or is_sql(sent[facts.columns[name].key])
        ]
    )


def _returned(batch: Batch, left: frozenset[str], connection: Any) -> list[str]:
    """Return the attributes that the server changes too and that the UPDATE is to return."""
    facts = batch.shape.facts
    mapper = facts.mapper
    counted = facts.version is not None and mapper.version_id_generator is False
    if not left or not (mapper.eager_defaults is True or counted):
        return []
    if not connection.dialect.capabilities.returning_updates:
        return []
    if mapper.eager_defaults is not True:
        left = left & {written(mapper).version or ""}
    return [name for name in facts.columns if name in left]


def _store_sent(
    facts: WrittenTable, left: frozenset[str], states: Any, sent: Any, row: Values
) -> list[str]:
    """Store what defaults were sent; return of which attributes."""
    stored: list[str] = []
    for name in left:
        key = facts.columns[name].key
        if key in sent[0] and key not in row and not is_sql(sent[0][key]):
            stored.append(name)
            for state, one in zip(states, sent, strict=True):
                state.dict[name] = one[key]
    return stored


def fetch_changed(unknown: dict[InstanceState, frozenset[str]], connection: Any) -> None:
    """Ask for what the server has changed too, where an UPDATE cannot return it."""
    if connection.dialect.capabilities.returning_updates:
        return
    for state, names in unknown.items():
        if state.mapper.eager_defaults is True:
            for facts in written(state.mapper).tables:
                keys = [key for key in facts.columns if key in names]
                if keys:
                    fetch(facts, state, keys, state.pk, connection)


def _checked(matched: int, facts: WrittenTable, expected: int) -> None:
    if matched not in (expected, -1):
        raise StaleDataError(
            f"UPDATE statement on table {facts.table.name!r} expected to update "
            f"{expected} row(s); {matched} were matched.",
            hint="somebody else has changed or deleted a row meanwhile: roll back and load anew",
        )
