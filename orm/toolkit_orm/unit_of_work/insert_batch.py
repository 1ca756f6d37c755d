"""One INSERT of a flush: the rows of objects that are alike, and what comes back of them."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import StatementError
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.refusals import tell_of
from toolkit_orm.unit_of_work.row_text import MakeRow
from toolkit_orm.unit_of_work.told_rows import tell_made
from toolkit_orm.unit_of_work.written import WrittenTable, written

Values = dict[str, Any]


class Batch:
    """Objects, what they have, and their rows: with the same columns all of them."""

    __slots__ = ("facts", "in_sql", "make", "rows", "states", "values")

    def __init__(self, facts: WrittenTable, make: MakeRow) -> None:
        self.facts = facts
        # What makes the rows of other objects that belong here.
        self.make = make
        self.states: list[InstanceState] = []
        self.values: list[Values] = []
        self.rows: list[Values] = []
        # Column → SQL, of the one row of its batch.
        self.in_sql: Values = {}

    def add(self, state: InstanceState, values: Values, row: Values) -> None:
        """Add an object."""
        self.states.append(state)
        self.values.append(values)
        self.rows.append(row)

    def each(self) -> list[Batch]:
        """Return its objects in batches of their own."""
        made = []
        for state, values, row in zip(self.states, self.values, self.rows, strict=True):
            one = Batch(self.facts, self.make)
            one.add(state, values, row)
            one.in_sql = self.in_sql
            made.append(one)
        return made


def send(batch: Batch, connection: Any) -> None:
    """Insert the rows, and store what the database and defaults have made up."""
    facts, rows = batch.facts, batch.rows
    alone = len(rows) > 1 and any(facts.columns[key].key not in rows[0] for key in facts.counting)
    for one in batch.each() if alone else [batch]:
        try:
            _send_together(one, connection)
        except StatementError as error:
            tell_of(error, "insert", one.states, facts.columns)
            raise


def _send_together(batch: Batch, connection: Any) -> None:
    facts, rows = batch.facts, batch.rows
    statement = insert(facts.table)
    first: Values = rows[0]
    if batch.in_sql:
        statement = statement.values({**first, **batch.in_sql})
    given = None if batch.in_sql else rows
    knows_key = facts.key_columns <= first.keys()
    returns = connection.dialect.capabilities.returning
    wanted = _wanted(batch) if returns else []
    if returns and (wanted or (not knows_key and len(rows) > 1)):
        columns = [*facts.primary, *[facts.columns[key] for key in wanted]]
        returning: Any = statement.returning(*columns, sort_by_parameter_order=len(rows) > 1)
        result = connection.execute(returning, given)
        found = result.all()
        _store(batch, (*facts.key_names, *wanted), found)
        _store_sent(batch, result._facts.sets, wanted)
    elif knows_key:
        result = connection.execute(statement, given)
        _store_given_keys(batch, result._facts.sets)
        _store_sent(batch, result._facts.sets, wanted)
    else:
        for one in batch.each():
            # Only the driver's last row tells its key.
            result = connection.execute(statement, None if batch.in_sql else one.rows[0])
            known = dict(
                zip(facts.table.primary_key, tuple(result.inserted_primary_key), strict=True)
            )
            _store(one, facts.key_names, [[known[column] for column in facts.primary]])
            _store_sent(one, result._facts.sets, wanted)
    if facts.mapper.eager_defaults is True:
        if not returns:
            _fetch(batch, connection)
        for values in batch.values:
            for key in facts.null_keys:
                values.setdefault(key, None)


def _wanted(batch: Batch) -> list[str]:
    """Return the attributes whose values are made up and that an INSERT is to return."""
    facts = batch.facts
    if facts.mapper.eager_defaults is False:
        version = written(facts.mapper).version
        return [key for key in facts.columns if key in facts.server_made and key == version]
    if not facts.made_later and not batch.in_sql:
        return []
    row, columns = batch.rows[0], facts.columns
    return [
        key
        for key, column in columns.items()
        if column.key not in row
        and column.key not in facts.key_columns
        and (key in facts.made_later or column.key in batch.in_sql)
    ]


def _store(batch: Batch, names: tuple[str, ...], rows: Any) -> None:
    """Store what came back."""
    if len(names) == 1:
        (name,) = names
        for values, row in zip(batch.values, rows, strict=True):
            values[name] = row[0]
    else:
        for values, row in zip(batch.values, rows, strict=True):
            values.update(zip(names, row, strict=True))
    _copy_keys(batch)


def _store_given_keys(batch: Batch, sent: Any) -> None:
    facts = batch.facts
    for name, column in zip(facts.key_names, facts.primary, strict=True):
        key = column.key
        for values, row in zip(batch.values, sent, strict=True):
            values[name] = row[key]
    _copy_keys(batch)


def _copy_keys(batch: Batch) -> None:
    """Give objects the key under the names that it has in joined tables."""
    mapper: Any = None
    copies: Any = ()
    for state, values in zip(batch.states, batch.values, strict=True):
        if state.mapper is not mapper:
            mapper = state.mapper
            copies = written(mapper).key_copies
        for start, to in copies:
            if start in values:
                values[to] = values[start]


def _store_sent(batch: Batch, sent: Any, returned: list[str]) -> None:
    """Store what defaults were sent; what the database has made up is loaded when it is read."""
    facts = batch.facts
    if len(sent[0]) == len(batch.rows[0]) and not facts.made_later and not batch.in_sql:
        # Nothing but what the objects had.
        tell_made(facts, batch.states, returned)
        return
    row = sent[0]
    made: list[str] = []
    unknown: list[str] = []
    for key, name in _left_out(batch, returned):
        if name in row and name not in batch.in_sql and not is_sql(row[name]):
            for values, one in zip(batch.values, sent, strict=True):
                values[key] = one[name]
            made.append(key)
        elif key in facts.made_later or name in batch.in_sql:
            unknown.append(key)
    if unknown:
        gone = frozenset(unknown)
        for state, values in zip(batch.states, batch.values, strict=True):
            for key in unknown:
                values.pop(key, None)
            state.stale = gone if state.stale is None else gone | state.stale
    tell_made(facts, batch.states, [*returned, *made])


def _left_out(batch: Batch, returned: list[str]) -> list[tuple[str, str]]:
    """Return the attributes, with their columns, that neither rows nor what came back have."""
    facts, given = batch.facts, batch.rows[0]
    return [
        (key, column.key)
        for key, column in facts.columns.items()
        if key not in returned and column.key not in facts.key_columns and column.key not in given
    ]


def _fetch(batch: Batch, connection: Any) -> None:
    """Ask for what the server has made up, where INSERT cannot return it."""
    facts = batch.facts
    for state, values in zip(batch.states, batch.values, strict=True):
        keys = [key for key in facts.columns if key in (state.stale or ())]
        if keys:
            pk = tuple([values[name] for name in facts.key_names])
            fetch(facts, state, keys, pk if len(pk) > 1 else pk[0], connection)


def fetch(
    facts: WrittenTable, state: InstanceState, keys: list[str], pk: Any, connection: Any
) -> None:
    """Select attributes of a row that was written."""
    chosen = select(*[facts.columns[key] for key in keys]).where(*facts.key_conditions)
    row = connection.execute(chosen, facts.key_values(pk)).one()
    state.dict.update(zip(keys, row, strict=True))
    state.stale = frozenset((state.stale or frozenset()).difference(keys)) or None
