"""INSERTs of a flush: rows of one shape in one batch, and what comes back is stored."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_orm.errors import FlushError
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.mapping.mapper_events import refresh_flush_heard, tell_refresh_flush
from toolkit_orm.query.lowering import lowered
from toolkit_orm.unit_of_work.written import WrittenTable, written

Values = dict[str, Any]


def insert_rows(states: list[InstanceState], connection: Any, home: Home) -> None:
    """Insert the rows of objects of one hierarchy: those of the first table first."""
    for state in states:
        _prepare(state)
    for table in _tables(states):
        there = [state for state in states if table in written(state.mapper).by_table]
        _insert_into(table, there, connection)
    for state in states:
        _arrived(state, home)


def _tables(states: list[InstanceState]) -> list[Any]:
    found: dict[Any, None] = {}
    for mapper in dict.fromkeys(state.mapper for state in states):
        found.update(dict.fromkeys(mapper.tables))
    return list(found)


def _prepare(state: InstanceState) -> None:
    """Set what an object has from its class: which one it is, and the first version."""
    mapper = state.mapper
    key = mapper.polymorphic_key
    values = state.dict
    if key is not None and values.get(key) is None and mapper.polymorphic_identity is not None:
        values[key] = mapper.polymorphic_identity
    version = written(mapper).version
    if (
        version is not None
        and mapper.version_id_generator is not False
        and values.get(version) is None
    ):
        values[version] = mapper.version_id_generator(None)
    state.expired = None


def _insert_into(table: Any, states: list[InstanceState], connection: Any) -> None:
    rows = [(state, *_row(written(state.mapper).by_table[table], state)) for state in states]
    shape = groupby(rows, key=lambda row: (row[0].mapper, tuple(row[1]), bool(row[2])))
    for (mapper, _, expressed), group in shape:
        facts = written(mapper).by_table[table]
        batch = list(group)
        if expressed or not mapper.batch:
            for state, row, in_sql in batch:
                _send(facts, [state], [row], in_sql, connection)
        else:
            _send(facts, [one[0] for one in batch], [one[1] for one in batch], {}, connection)


def _row(facts: WrittenTable, state: InstanceState) -> tuple[Values, Values]:
    """Return the values of a row, and those that are SQL; what is None is left to defaults."""
    values = state.dict
    row: Values = {}
    in_sql: Values = {}
    for key, column in facts.columns.items():
        found: Any = values.get(key)
        if found is None and (column.type.should_evaluate_none is False or key not in values):
            if key in facts.null_keys:
                row[column.key] = None
        elif is_sql(found):
            in_sql[column.key] = lowered(found)
        else:
            row[column.key] = found
    return row, in_sql


def _send(
    facts: WrittenTable,
    states: list[InstanceState],
    rows: list[Values],
    in_sql: Values,
    connection: Any,
) -> None:
    statement = insert(facts.table)
    if in_sql:
        statement = statement.values({**rows[0], **in_sql})
    first = rows[0]
    knows_key = all(column.key in first for column in facts.primary)
    wanted = _wanted(facts, states[0], first)
    returns = connection.dialect.capabilities.returning
    if returns and (wanted or (not knows_key and len(rows) > 1)):
        columns = [*facts.primary, *[facts.columns[key] for key in wanted]]
        returning: Any = statement.returning(*columns, sort_by_parameter_order=len(rows) > 1)
        result = connection.execute(returning, None if in_sql else rows)
        found = result.all()
        width = len(facts.primary)
        for number, state in enumerate(states):
            _store_key(facts, state, found[number][:width])
            state.dict.update(zip(wanted, found[number][width:], strict=True))
        _store_sent(facts, states, result._facts.sets, in_sql, wanted)
    elif knows_key:
        result = connection.execute(statement, None if in_sql else rows)
        sent = result._facts.sets
        for number, state in enumerate(states):
            _store_key(facts, state, [sent[number][column.key] for column in facts.primary])
        _store_sent(facts, states, sent, in_sql, ())
    else:
        # Only the driver's last row tells its key.
        for state, row in zip(states, rows, strict=True):
            result = connection.execute(statement, None if in_sql else row)
            known = dict(
                zip(facts.table.primary_key, tuple(result.inserted_primary_key), strict=True)
            )
            _store_key(facts, state, [known[column] for column in facts.primary])
            _store_sent(facts, [state], result._facts.sets, in_sql, ())
    if not returns and states[0].mapper.eager_defaults is True:
        _fetch(facts, states, connection)


def _wanted(facts: WrittenTable, state: InstanceState, row: Values) -> list[str]:
    """Return the attributes whose values the server makes up and an INSERT is to return."""
    if state.mapper.eager_defaults is False:
        version = written(state.mapper).version
        return [key for key in facts.server_made if key == version]
    return [
        key
        for key, column in facts.columns.items()
        if column.key not in row
        and not any(column is one for one in facts.primary)
        and (key in facts.server_made or is_sql(state.dict.get(key)) or _is_sql_default(column))
    ]


def _is_sql_default(column: Any) -> bool:
    default = column.default
    return default is not None and (
        getattr(default, "is_clause_element", False) or getattr(default, "is_sequence", False)
    )


def _fetch(facts: WrittenTable, states: list[InstanceState], connection: Any) -> None:
    """Ask for what the server has made up, where INSERT cannot return it."""
    for state in states:
        keys = sorted((state.expired or frozenset()) & facts.columns.keys())
        if keys:
            values = state.dict
            chosen = select(*[facts.columns[key] for key in keys]).where(*facts.key_conditions)
            key = tuple([values[name] for name in facts.key_names])
            row = connection.execute(chosen, facts.key_values(key)).one()
            values.update(zip(keys, row, strict=True))
            state.expired = frozenset(state.expired - set(keys)) or None if state.expired else None


def _store_key(facts: WrittenTable, state: InstanceState, key: Any) -> None:
    values = state.dict
    for name, value in zip(facts.key_names, key, strict=True):
        values[name] = value
    for start, to in written(state.mapper).key_copies:
        if start in values:
            values[to] = values[start]


def _store_sent(
    facts: WrittenTable,
    states: list[InstanceState],
    sent: Any,
    in_sql: Values,
    returned: Any,
) -> None:
    """Store what defaults were sent; what the database has made up is loaded when it is read."""
    known = set(facts.key_names).union(returned)
    heard = refresh_flush_heard(states[0].mapper)
    for number, state in enumerate(states):
        values = state.dict
        had = set(values) if heard else set()
        unknown = []
        row = sent[number]
        for key, column in facts.columns.items():
            if key in known:
                continue
            if column.key in row and column.key not in in_sql and not is_sql(row[column.key]):
                values[key] = row[column.key]
            else:
                values.pop(key, None)
                unknown.append(key)
        if unknown:
            state.expired = (state.expired or frozenset()) | frozenset(unknown)
        if heard:
            sent_too = facts.columns.keys() - facts.null_keys - had
            made_up = [*returned, *[key for key in values if key in sent_too]]
            tell_refresh_flush(state, heard, made_up)


def _arrived(state: InstanceState, home: Home) -> None:
    """Enter an object that has a row now into the identity map."""
    facts = written(state.mapper)
    values = state.dict
    key = tuple([values.get(name) for name in facts.key_names])
    partial = state.mapper.allow_partial_pks
    if all(one is None for one in key) or (not partial and any(one is None for one in key)):
        raise FlushError(
            f"Instance {state()!r} has a NULL identity key.  If this is an auto-generated value, "
            "check that the database table allows generation of new primary key values, and that "
            "the mapped Column object is configured to expect these generated values.  Ensure also "
            "that this flush() is not occurring at an inappropriate time, such as within a load() "
            "event."
        )
    state.pk = key[0] if len(key) == 1 else key
    state.committed = None
    state.home = home
    home.known(state.mapper.base)[state.pk] = state
    if facts.expressions:
        for name in facts.expressions:
            values.pop(name, None)
        state.expired = (state.expired or frozenset()) | frozenset(facts.expressions)
