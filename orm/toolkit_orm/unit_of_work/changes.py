"""What has changed in a session: to be inserted, updated and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_core.expression.given_row import is_sql
from toolkit_orm.instrument.state import InstanceState, state_of
from toolkit_orm.mapping.mapper_events import events_of
from toolkit_orm.unit_of_work.new_keys import follow_keys
from toolkit_orm.unit_of_work.relations import Relations, cascaded, current, relations_of
from toolkit_orm.unit_of_work.written import Written, written

Values = dict[str, Any]
States = dict[InstanceState, Any]
_NONE: frozenset[str] = frozenset()


class Changes:
    """The states to be written, each with what is known of it."""

    __slots__ = ("deleted", "dropped", "inserted", "relations", "switched", "updated")

    def __init__(self, relations: Relations) -> None:
        self.inserted: States = {}
        # With the attributes that differ from the database.
        self.updated: dict[InstanceState, frozenset[str]] = {}
        self.deleted: States = {}
        # New objects that go before they were written, since nobody has them any more.
        self.dropped: States = {}
        # New objects that take the rows of deleted ones.
        self.switched: dict[InstanceState, InstanceState] = {}
        self.relations = relations

    def __bool__(self) -> bool:
        relations = self.relations
        rows = (
            relations.added_rows
            or relations.removed_rows
            or relations.moved_rows
            or any(copy.is_late for copy in relations.copies)
        )
        return bool(self.inserted or self.updated or self.deleted or rows)


def changes_of(new: States, modified: States, deleted: States) -> Changes:
    """Sort out what is to be written of the objects of a session."""
    going = dict(deleted)
    relations = relations_of(_each(new, modified, going), going)
    if relations.kept:
        for state in relations.kept:
            del going[state]
        relations = relations_of(_each(new, modified, going), going)
    while any(state not in going for state in relations.orphans):
        # What goes may leave others behind.
        _take_with(going, relations.orphans)
        relations = relations_of(_each(new, modified, going), going)
    changes = Changes(relations)
    if going:
        changes.inserted = {state: one for state, one in new.items() if state not in going}
        changes.dropped = {state: one for state, one in new.items() if state in going}
        changes.deleted = {state: one for state, one in going.items() if state.pk is not None}
    else:
        changes.inserted = dict(new)
    _switch_rows(changes)
    follow_keys(relations, [state for state in modified if state not in going])
    _find_updated(changes.updated, modified, going)
    for copy in relations.copies:
        dest = copy.dest
        if copy.is_late:
            continue
        is_there = dest.pk is not None or dest in changes.switched
        if is_there and dest not in going and not copy.is_done():
            names = changes.updated.get(dest, _NONE)
            changes.updated[dest] = names.union([to for _, to in copy.pairs])
    return changes


def _take_with(going: States, orphans: States) -> None:
    """Have orphans go, and those that they cascade to."""
    for state, one in orphans.items():
        if state not in going:
            going[state] = one
            for other in cascaded(one, "delete"):
                going.setdefault(state_of(other), other)


def _find_updated(
    updated: dict[InstanceState, frozenset[str]], modified: States, going: States
) -> None:
    """Find the objects that differ from the database, and those that listeners want to see."""
    mapper: Any = None
    facts: Any = None
    is_heard = False
    for state, instance in modified.items():
        if state.pk is None or state in going or state.is_deleted:
            continue
        if state.mapper is not mapper:
            mapper = state.mapper
            facts = written(mapper)
            events = events_of(mapper)
            is_heard = events is not None and bool(events.before_update or events.after_update)
        names = _changed_names(facts, state.committed or {}, instance.__dict__)
        if names or is_heard:
            updated[state] = names


def _changed_names(facts: Written, committed: Values, values: Values) -> frozenset[str]:
    if len(committed) == 1:
        for name, before in committed.items():
            column = facts.names.get(name)
            if column is None or not _differs(column.type, before, values.get(name)):
                return _NONE
            return facts.alone[name]
    columns = facts.names
    return frozenset(
        [
            name
            for name, before in committed.items()
            if name in columns and _differs(columns[name].type, before, values.get(name))
        ]
    )


def changed_columns(state: InstanceState, values: Values) -> Iterable[str]:
    """Return the names of the column attributes that are not as they are in the database."""
    committed = state.committed
    return () if committed is None else _changed_names(written(state.mapper), committed, values)


def _differs(type_: Any, before: Any, now: Any) -> bool:
    return before is not now and (is_sql(now) or not type_.compare_values(before, now))


def _switch_rows(changes: Changes) -> None:
    """Have an object that takes the key of one that goes take its row: that is an UPDATE."""
    if not (changes.inserted and changes.deleted):
        return
    going = {(state.mapper.base, state.pk): state for state in changes.deleted}
    taken = _keys_taken(changes)
    for state in list(changes.inserted):
        names = written(state.mapper).key_names
        values = state.dict
        from_others = taken.get(state, values)
        key = tuple([from_others.get(name, values.get(name)) for name in names])
        if any(is_sql(part) for part in key):
            continue
        former = going.get((state.mapper.base, key if len(key) > 1 else key[0]))
        if former is not None and former.mapper is state.mapper:
            del changes.inserted[state]
            changes.switched[state] = former
            facts = written(state.mapper)
            given = frozenset(values).intersection(facts.names).difference(names)
            # The row is another's now, so it has another version, whatever else it keeps.
            changes.updated[state] = given if facts.version is None else given | {facts.version}
            del changes.deleted[former]
            # Another new object of the same key is one too many.
            del going[(state.mapper.base, former.pk)]


def _keys_taken(changes: Changes) -> dict[InstanceState, Values]:
    """Return the values that new objects take over from others which have them already."""
    found: dict[InstanceState, Values] = {}
    for copy in changes.relations.copies:
        source = copy.source
        if copy.dest in changes.inserted and source is not None and source.pk is not None:
            given = found.setdefault(copy.dest, {})
            given.update((to, current(source, start)) for start, to in copy.pairs)
    return found


def _each(*groups: States) -> Iterator[InstanceState]:
    seen: set[InstanceState] = set()
    for group in groups:
        for state in list(group):
            if state not in seen and not state.is_deleted:
                seen.add(state)
                yield state
