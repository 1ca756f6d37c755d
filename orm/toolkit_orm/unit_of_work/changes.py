"""What has changed in a session: to be inserted, updated and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.relations import Relations, relations_of
from toolkit_orm.unit_of_work.written import written

Values = dict[str, Any]
States = dict[InstanceState, Any]


class Changes:
    """The states to be written, each with what is known of it."""

    __slots__ = ("deleted", "inserted", "relations", "switched", "updated")

    def __init__(self, relations: Relations) -> None:
        self.inserted: States = {}
        # With the attributes that differ from the database.
        self.updated: dict[InstanceState, set[str]] = {}
        self.deleted: States = {}
        # New objects that take the rows of deleted ones.
        self.switched: dict[InstanceState, InstanceState] = {}
        self.relations = relations

    def __bool__(self) -> bool:
        rows = (
            self.relations.added_rows
            or self.relations.removed_rows
            or any(copy.is_late for copy in self.relations.copies)
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
        going.update(relations.orphans)
        relations = relations_of(_each(new, modified, going), going)
    changes = Changes(relations)
    changes.inserted = {state: one for state, one in new.items() if state not in going}
    changes.deleted = {state: one for state, one in going.items() if state.pk is not None}
    _switch_rows(changes)
    for state, instance in modified.items():
        if state.pk is not None and state not in going:
            names = changed_columns(state, instance.__dict__)
            if names:
                changes.updated[state] = set(names)
    for copy in relations.copies:
        dest = copy.dest
        if copy.is_late:
            continue
        if dest.pk is not None and dest not in going and not copy.is_done():
            changes.updated.setdefault(dest, set()).update(to for _, to in copy.pairs)
    return changes


def _switch_rows(changes: Changes) -> None:
    """Have an object that takes the key of one that goes take its row: that is an UPDATE."""
    if not (changes.inserted and changes.deleted):
        return
    going = {(state.mapper.base, state.pk): state for state in changes.deleted}
    for state in list(changes.inserted):
        names = written(state.mapper).key_names
        values = state.dict
        key = tuple([values.get(name) for name in names])
        former = going.get((state.mapper.base, key if len(key) > 1 else key[0]))
        if former is not None and former.mapper is state.mapper:
            del changes.inserted[state]
            changes.switched[state] = former
            changes.updated[state] = set(values).intersection(written(state.mapper).names)
            changes.updated[state].difference_update(names)
            del changes.deleted[former]


def _each(*groups: States) -> Iterator[InstanceState]:
    seen: set[InstanceState] = set()
    for group in groups:
        for state in list(group):
            if state not in seen:
                seen.add(state)
                yield state


def changed_columns(state: InstanceState, values: Values) -> list[str]:
    """Return the names of the column attributes that are not as they are in the database."""
    committed = state.committed
    if committed is None:
        return []
    columns = written(state.mapper).names
    return [
        name
        for name, before in committed.items()
        if name in columns and not _same(columns[name].type, before, values.get(name))
    ]


def _same(type_: Any, before: Any, now: Any) -> bool:
    return before is now or bool(type_.compare_values(before, now))
