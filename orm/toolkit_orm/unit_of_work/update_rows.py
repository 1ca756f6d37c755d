"""UPDATEs of a flush: changes sorted into batches of one shape, and objects told of them."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.given_row import is_sql
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.query.lowering import lowered
from toolkit_orm.unit_of_work.update_batch import Batch, Shape, fetch_changed, send
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Values = dict[str, Any]
# An object's state, and the names of what has changed.
Change = tuple[InstanceState, frozenset[str]]
Unknown = dict[InstanceState, frozenset[str]]


def update_rows(changes: list[Change], connection: Any, home: Home) -> None:
    """Update the rows of objects of one hierarchy, table by table."""
    mappers = dict.fromkeys([state.mapper for state, _ in changes])
    tables: dict[Any, None] = {}
    for mapper in mappers:
        tables.update(dict.fromkeys(mapper.tables))
    unknown: Unknown = {}
    rekeyed = _rekeyed(changes, mappers)
    for table in tables:
        _update_table(table, changes, connection, unknown, rekeyed)
    for state, names in changes:
        _written(state, names, unknown)
    for state in rekeyed:
        _take_key(state, home)
    if unknown:
        fetch_changed(unknown, connection)


def _rekeyed(changes: list[Change], mappers: dict[Any, None]) -> dict[InstanceState, Any]:
    """Return the objects whose primary keys change, with what they become."""
    keys = {name for mapper in mappers for name in written(mapper).key_names}
    return {
        state: _key_of(state, written(state.mapper))
        for state, names in changes
        if not names.isdisjoint(keys)
    }


def _key_of(state: InstanceState, facts: Written) -> Any:
    values = state.dict
    key = tuple(
        [
            values[name] if name in values else _part(state, place)
            for place, name in enumerate(facts.key_names)
        ]
    )
    return key[0] if len(key) == 1 else key


def _part(state: InstanceState, place: int) -> Any:
    return state.pk[place] if isinstance(state.pk, tuple) else state.pk


def _update_table(
    table: Any,
    changes: list[Change],
    connection: Any,
    unknown: Unknown,
    rekeyed: dict[InstanceState, Any],
) -> None:
    mapper: Any = None
    facts: WrittenTable | None = None
    batch: Batch | None = None
    shape: Shape | None = None
    names: Any = None
    for state, changed in changes:
        if state.mapper is not mapper:
            mapper, names = state.mapper, None
            facts = written(mapper).by_table.get(table)
        if changed is not names:
            names = changed
            shape = None if facts is None else update_shape(facts, changed)
        if shape is None:
            continue
        # The database has taken a new key over from the table above already.
        pk = rekeyed.get(state, state.pk) if shape.follows else state.pk
        row = shape.make(state().__dict__, pk)
        if batch is not None and (row is None or batch.shape is not shape):
            send(batch, connection, unknown)
            batch = None
        if row is None:
            _send_expressed(shape, state, pk, connection, unknown)
            continue
        if shape.is_versioned:
            take_version(shape, state, row)
        if batch is None:
            batch = Batch(shape)
        batch.states.append(state)
        batch.rows.append(row)
    if batch is not None:
        send(batch, connection, unknown)


def update_shape(facts: WrittenTable, changed: frozenset[str]) -> Shape | None:
    """Return what is known of UPDATEs of these attributes; None where they are not of the table."""
    known = ("update", changed)
    found: Any = facts.shapes.get(known, NO_VALUE)
    if found is NO_VALUE:
        found = facts.remember(known, _new_shape(facts, changed))
    shape: Shape | None = found
    return shape


def _new_shape(facts: WrittenTable, changed: frozenset[str]) -> Shape | None:
    above = facts.above
    mine = changed.intersection(facts.columns)
    if above is not None and above.has(mine, facts) and above.onupdate == facts.onupdate:
        # Objects of several classes are then written together.
        return update_shape(above, changed)
    follows = facts.mapper.passive_updates and not facts.is_first
    own = {
        key: column
        for key, column in facts.columns.items()
        if key in changed and not (follows and key in facts.key_names)
    }
    if not own and (facts.version is None or not changed):
        return None
    # The same for all that set these columns, whatever changes in other tables.
    known = ("set", frozenset(own))
    shape: Shape | None = facts.shapes.get(known)
    return shape or facts.remember(known, Shape(facts, own, follows=follows))


def _send_expressed(
    shape: Shape, state: InstanceState, pk: Any, connection: Any, unknown: Unknown
) -> None:
    """Send the one UPDATE of an object with values that are SQL."""
    values = state.dict
    row = shape.facts.key_values(pk)
    batch = Batch(shape)
    for name, column in shape.names.items():
        found: Any = values.get(name)
        if is_sql(found):
            batch.in_sql[column.key] = lowered(found)
            batch.sql_names.add(name)
        else:
            row[column.key] = found
    if shape.is_versioned:
        take_version(shape, state, row)
    batch.states.append(state)
    batch.rows.append(row)
    send(batch, connection, unknown)


def take_version(shape: Shape, state: InstanceState, row: Values) -> None:
    """Have a row be found by its former version, and get the next one."""
    facts = shape.facts
    former = former_version(state)
    row[facts.version_was] = former
    generator = facts.mapper.version_id_generator
    name: str = written(facts.mapper).version or ""
    if generator is not False and (name not in shape.names or state.dict.get(name) == former):
        row[facts.columns[name].key] = state.dict[name] = generator(former)


def former_version(state: InstanceState) -> Any:
    """Return the version that an object's row had when it was loaded."""
    name: str = written(state.mapper).version or ""
    committed = state.committed
    before = NO_VALUE if committed is None else committed.get(name, NO_VALUE)
    if before is not NO_VALUE:
        return before
    values = state.dict
    return values[name] if name in values else getattr(state(), name)


def _written(state: InstanceState, names: frozenset[str], unknown: Unknown) -> None:
    """Have an object be as in the database; what has been made up there is loaded when read."""
    if state.committed is not None:
        state.committed = None
    expressions = written(state.mapper).expressions if names else ()
    if state not in unknown and not expressions:
        return
    gone = unknown[state] = unknown.get(state, frozenset()).union(expressions)
    values = state.dict
    for name in gone:
        values.pop(name, None)
    state.stale = gone if state.stale is None else gone.union(state.stale)


def _take_key(state: InstanceState, home: Home) -> None:
    """Have an object be known by its new key."""
    facts = written(state.mapper)
    for start, to in facts.key_copies:
        values = state.dict
        if start in values:
            values[to] = values[start]
    home.forget(state)
    state.pk = _key_of(state, facts)
    home.known(state.place)[state.pk] = state
