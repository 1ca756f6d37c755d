"""The steps of a flush, in order: pure, from changes and mappers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_core.errors import CircularDependencyError
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.changes import Changes
from toolkit_orm.unit_of_work.order import components
from toolkit_orm.unit_of_work.relations import Copy, Row

Levels = Mapping[InstanceState, int]


class Step:
    """One kind of statement about the objects of one mapper."""

    __slots__ = ("copies", "mapper", "states")
    verb = ""

    def __init__(self, mapper: Any, states: list[Any], copies: list[Copy] | None = None) -> None:
        self.mapper = mapper
        self.states = states
        # Keys to be taken over before: by then the objects they are of have them.
        self.copies = copies or []

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


class RowsStep(Step):
    """Rows of a table between: ``states`` are the rows, ``verb`` says what becomes of them."""

    __slots__ = ("verb",)

    def __init__(self, verb: str, rows: list[Row]) -> None:
        super().__init__(rows[0].prop.parent, rows)
        self.verb = verb

    def __repr__(self) -> str:
        table = self.states[0].prop.secondary
        return f"<{self.verb} {table.name} x {len(self.states)}>"


def steps_of(changes: Changes) -> list[Step]:
    """Return the steps: rows are there before others refer to them, and go after those."""
    relations = changes.relations
    copies: dict[InstanceState, list[Copy]] = {}
    for copy in relations.copies:
        copies.setdefault(copy.dest, []).append(copy)
    levels = _levels(changes, copies)
    present = [*changes.inserted, *changes.updated, *changes.deleted]
    order = components(dict.fromkeys(state.mapper for state in present))
    written = _grouped(changes.inserted, InsertStep, levels, order, copies)
    written += _grouped(changes.updated, UpdateStep, levels, order, copies, changes.updated)
    written.sort(key=lambda placed: placed[0])
    steps: list[Step] = [step for _, step in written]
    for verb, rows in (
        ("delete", relations.removed_rows),
        ("insert", relations.added_rows),
    ):
        by_table: dict[Any, list[Row]] = {}
        for row in rows.values():
            by_table.setdefault(row.prop.secondary, []).append(row)
        steps += [RowsStep(verb, found) for found in by_table.values()]
    deleted = _grouped(changes.deleted, DeleteStep, _below(changes), order, {})
    deleted.sort(key=lambda placed: placed[0], reverse=True)
    return [*steps, *(step for _, step in deleted)]


def _grouped(
    states: Iterable[InstanceState],
    kind: type[Step],
    levels: Levels,
    order: Mapping[Any, tuple[int, int]],
    copies: Mapping[InstanceState, list[Copy]],
    names: Mapping[InstanceState, set[str]] | None = None,
) -> list[tuple[Any, Step]]:
    groups: dict[Any, list[InstanceState]] = {}
    for state in states:
        component, position = order[state.mapper]
        groups.setdefault((component, levels.get(state, 0), position), []).append(state)
    made: list[tuple[Any, Step]] = []
    for place, found in groups.items():
        wanted = [copy for state in found for copy in copies.get(state, ())]
        members: list[Any] = found
        if names is not None:
            members = [(state, sorted(names[state])) for state in found]
        made.append(((*place, kind is UpdateStep), kind(found[0].mapper, members, wanted)))
    return made


def _levels(changes: Changes, copies: Mapping[InstanceState, list[Copy]]) -> dict[Any, int]:
    """Return how many objects must be written before each, one after the other."""
    levels: dict[Any, int] = {}

    def level(state: InstanceState, above: tuple[InstanceState, ...]) -> int:
        if state in above:
            names = ", ".join(sorted({one.mapper.class_.__name__ for one in above}))
            raise CircularDependencyError(
                f"Circular dependency detected: objects of {names} need each other's keys",
                (),
                set(),
            )
        if state not in levels:
            levels[state] = max(
                (
                    level(copy.source, (*above, state)) + 1
                    for copy in copies.get(state, ())
                    if copy.source is not None
                    and copy.source in changes.inserted
                    and copy.source is not state
                ),
                default=0,
            )
        return levels[state]

    for state in (*changes.inserted, *changes.updated):
        level(state, ())
    return levels


def _below(changes: Changes) -> dict[Any, int]:
    """Return how deep deleted objects are below others of their class that go, too."""
    from_key: dict[Any, InstanceState] = {
        (state.mapper.base, state.pk): state for state in changes.deleted
    }
    depth: dict[Any, int] = {}

    def parents(state: InstanceState) -> list[InstanceState]:
        values = state().__dict__
        found = []
        for prop in state.mapper.relationships:
            if prop.direction.name == "MANYTOONE" and prop.mapper.base is state.mapper.base:
                key = tuple(
                    [values.get(state.mapper.key_of[near]) for near, _ in prop.local_remote_pairs]
                )
                parent = from_key.get((state.mapper.base, key if len(key) > 1 else key[0]))
                if parent is not None and parent is not state:
                    found.append(parent)
        return found

    def measure(state: InstanceState, above: tuple[InstanceState, ...]) -> int:
        if state not in depth:
            depth[state] = max(
                (measure(one, (*above, state)) + 1 for one in parents(state) if one not in above),
                default=0,
            )
        return depth[state]

    for state in changes.deleted:
        measure(state, ())
    return depth
