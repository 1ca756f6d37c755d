"""INSERTs of a flush: objects are given what their class says, and sorted into batches."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import warn
from toolkit_core.expression.given_row import is_sql
from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.query.lowering import lowered
from toolkit_orm.unit_of_work.insert_batch import Batch, send
from toolkit_orm.unit_of_work.refusals import missing_key, null_key, shown_object
from toolkit_orm.unit_of_work.row_text import MakeRow, insert_maker
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Values = dict[str, Any]
# An object's state, and the values that it has.
Arrival = tuple[InstanceState, Values]


def insert_rows(states: list[InstanceState], connection: Any, home: Home) -> None:
    """Insert the rows of objects of one hierarchy: those of the first table first."""
    arrivals = [(state, state().__dict__) for state in states]
    by_mapper: dict[Any, list[Arrival]] = {}
    for arrival in arrivals:
        by_mapper.setdefault(arrival[0].mapper, []).append(arrival)
    tables: dict[Any, None] = {}
    for mapper, own in by_mapper.items():
        _prepare(mapper, own, home)
        tables.update(dict.fromkeys(mapper.tables))
    for table in tables:
        _insert_into(table, arrivals, connection)
    for mapper, own in by_mapper.items():
        _arrived(mapper, own, home)


def _prepare(mapper: Any, arrivals: list[Arrival], home: Home) -> None:
    """Set what objects have from their class: which one it is, and the first version."""
    key = mapper.polymorphic_key
    identity = mapper.polymorphic_identity
    tells = key is not None and identity is not None
    facts = written(mapper)
    version, generator = facts.version, mapper.version_id_generator
    for state, values in arrivals:
        if tells and values.get(key) is None:
            values[key] = identity
        if version is not None and generator is not False:
            values[version] = generator(None)
        if state.stale is not None:
            state.stale = None
    _check_keys(facts, arrivals)
    known = home.by_base.get(mapper.base)
    if known:
        _check_identities(facts, arrivals, known)


def _check_keys(facts: Written, arrivals: list[Arrival]) -> None:
    """Refuse objects without the parts of their key that nobody makes up."""
    for key in facts.needed:
        for state, values in arrivals:
            if values.get(key) is None:
                raise missing_key(state, key, facts.names[key])


def _check_identities(facts: Written, arrivals: list[Arrival], known: dict[Any, Any]) -> None:
    """Warn of objects with the keys of others that are there: the database will refuse them."""
    names = facts.key_names
    for state, values in arrivals:
        pk = values.get(names[0])
        if pk is None:
            continue
        if len(names) > 1:
            pk = tuple([values.get(name) for name in names])
        # What is SQL is no key before it was executed, and may be no key of a dictionary.
        other = None if is_sql(pk) else known.get(pk)
        if other is not None and other is not state and not other.is_deleted and other():
            shown = (state.mapper.base.class_, pk if len(names) > 1 else (pk,), None)
            warn(
                f"New instance {shown_object(state)} with identity key {shown} conflicts with "
                f"persistent instance {shown_object(other)}"
            )


def _insert_into(table: Any, arrivals: list[Arrival], connection: Any) -> None:
    """Send the rows of one table, as many together as are of one shape."""
    mapper: Any = None
    facts: WrittenTable | None = None
    batch: Batch | None = None
    for state, values in arrivals:
        if state.mapper is not mapper:
            mapper = state.mapper
            facts = written(mapper).by_table.get(table)
        if facts is None:
            continue
        row = None if batch is None or batch.facts is not facts else batch.make(values)
        if batch is not None and row is not None:
            batch.add(state, values, row)
            continue
        if batch is not None:
            send(batch, connection)
        batch = Batch(facts, _maker(facts, values))
        row = batch.make(values)
        if row is not None and facts.mapper.batch:
            batch.add(state, values, row)
        else:
            _add_one(batch, state, values, row)
            send(batch, connection)
            batch = None
    if batch is not None:
        send(batch, connection)


def _maker(facts: WrittenTable, values: Values) -> MakeRow:
    """Return what makes the rows of objects that have values for the same columns as this one."""
    given = frozenset(
        [
            one.key
            for one in facts.optional
            if not one.or_null
            and (one.key in values if one.keeps_none else values.get(one.key) is not None)
        ]
    )
    found: MakeRow | None = facts.shapes.get(given)
    if found is None:
        found = facts.remember(given, insert_maker(facts.optional, given))
    return found


def _add_one(batch: Batch, state: InstanceState, values: Values, row: Values | None) -> None:
    """Add the one object of a batch, whose values may be SQL; what is None is left out."""
    if row is None:
        row = {}
        for one in batch.facts.optional:
            found: Any = values.get(one.key)
            if found is None and not (one.keeps_none and one.key in values):
                if one.or_null:
                    row[one.name] = None
            elif is_sql(found):
                batch.in_sql[one.name] = lowered(found)
            else:
                row[one.name] = found
    batch.add(state, values, row)


def _arrived(mapper: Any, arrivals: list[Arrival], home: Home) -> None:
    """Enter objects that have rows now into the identity map."""
    facts = written(mapper)
    names = facts.key_names
    only = names[0] if len(names) == 1 else None
    known = home.known(mapper.base)
    for state, values in arrivals:
        if only is not None:
            pk = values.get(only)
            is_key = pk is not None
        else:
            pk = tuple([values.get(name) for name in names])
            is_key = any(one is not None for one in pk)
            if None in pk and not mapper.allow_partial_pks:
                is_key = False
        if not is_key:
            raise null_key(state)
        state.pk = pk
        state.home = home
        if state.committed is not None:
            state.committed = None
        (known if state.identity_token is None else home.known(state.place))[pk] = state
    if facts.expressions:
        for state, values in arrivals:
            for name in facts.expressions:
                values.pop(name, None)
            state.stale = (state.stale or frozenset()).union(facts.expressions)
