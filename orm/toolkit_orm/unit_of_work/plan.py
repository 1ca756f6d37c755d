"""The steps of a flush, in order: pure, from changes and mappers alone."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.changes import Changes


class Step:
    """One kind of statement about the objects of one mapper."""

    __slots__ = ("mapper", "states")
    verb = ""

    def __init__(self, mapper: Any, states: list[Any]) -> None:
        self.mapper = mapper
        self.states = states

    def __repr__(self) -> str:
        return f"<{self.verb} {self.mapper.class_.__name__} x {len(self.states)}>"


class InsertStep(Step):
    """Objects that get rows."""

    verb = "insert"


class UpdateStep(Step):
    """Objects whose rows change: states, with the names of what has changed."""

    verb = "update"


class DeleteStep(Step):
    """Objects that lose their rows."""

    verb = "delete"


def steps_of(changes: Changes) -> list[Step]:
    """Return the steps: rows are there before others refer to them, and go after those."""
    steps: list[Step] = []
    inserted = _by_mapper(changes.inserted)
    updated: dict[Any, list[Any]] = {}
    for state, names in changes.updated:
        updated.setdefault(state.mapper, []).append((state, names))
    deleted = _by_mapper(changes.deleted)
    order = in_order({*inserted, *updated, *deleted})
    for mapper in order:
        if mapper in inserted:
            steps.append(InsertStep(mapper, inserted[mapper]))
        if mapper in updated:
            steps.append(UpdateStep(mapper, updated[mapper]))
    steps += [DeleteStep(one, deleted[one]) for one in reversed(order) if one in deleted]
    return steps


def _by_mapper(states: list[InstanceState]) -> dict[Any, list[InstanceState]]:
    found: dict[Any, list[InstanceState]] = {}
    for state in states:
        found.setdefault(state.mapper, []).append(state)
    return found


def in_order(mappers: set[Any]) -> list[Any]:
    """Return mappers so that the tables that others refer to come first."""
    done: dict[Any, None] = {}
    by_table = {mapper.local_table: mapper for mapper in mappers}

    def visit(mapper: Any, above: frozenset[Any]) -> None:
        if mapper in done or mapper in above:
            return
        for key in sorted(mapper.local_table.foreign_keys, key=lambda one: one.target_fullname):
            other = by_table.get(key.column.table)
            if other is not None:
                visit(other, above | {mapper})
        done[mapper] = None

    for mapper in sorted(mappers, key=lambda one: one.local_table.name):
        visit(mapper, frozenset())
    return list(done)
