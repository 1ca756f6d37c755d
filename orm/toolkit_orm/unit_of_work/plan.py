"""The steps of a flush, in order: pure, from changes and mappers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.changes import Changes
from toolkit_orm.unit_of_work.deletion_order import circular, depths
from toolkit_orm.unit_of_work.order import Places, components
from toolkit_orm.unit_of_work.refusals import not_written
from toolkit_orm.unit_of_work.relations import Copy, Row
from toolkit_orm.unit_of_work.written import written as written_of

Levels = Mapping[InstanceState, int]


class Step:
    """One kind of statement about the objects of one hierarchy."""

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

    __slots__ = ("followers",)
    verb = "update"

    def __init__(self, mapper: Any, states: list[Any], copies: list[Copy] | None = None) -> None:
        super().__init__(mapper, states, copies)
        # What the database has others take over then.
        self.followers: list[Copy] = []


class DeleteStep(Step):
    """Objects that lose their rows."""

    verb = "delete"


class PointStep(Step):
    """Keys that are set when both rows are there: ``states`` are the copies (``post_update``).

    Rows that the flush writes for another reason have their next version by then.
    """

    __slots__ = ("written",)
    verb = "point"

    def __init__(self, copies: list[Copy], written: frozenset[InstanceState]) -> None:
        super().__init__(copies[0].dest.mapper, copies)
        self.written = written


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
    late: list[Copy] = []
    for copy in relations.copies:
        if copy.is_late:
            late.append(copy)
        else:
            copies.setdefault(copy.dest, []).append(copy)
    mappers: dict[Any, None] = {}
    for present in (changes.inserted, changes.updated, changes.deleted):
        mappers.update(dict.fromkeys([state.mapper for state in present]))
    for mapper in mappers:
        if not written_of(mapper).tables:
            raise not_written(mapper)
    places, cyclic = components(mappers)
    levels = _levels(changes, copies, places) if cyclic else {}
    written = _grouped(changes.inserted, InsertStep, levels, places, copies)
    written += _grouped(changes.updated, UpdateStep, levels, places, copies, changes.updated)
    if relations.followers:
        _lead(written, relations.followers)
    written.sort(key=lambda placed: placed[0])
    steps: list[Step] = [step for _, step in written]
    steps += _pointed(late, changes)
    for verb, rows in (
        ("delete", relations.removed_rows),
        ("update", relations.moved_rows),
        ("insert", relations.added_rows),
    ):
        by_table: dict[Any, list[Row]] = {}
        for row in rows.values():
            by_table.setdefault(row.prop.secondary, []).append(row)
        steps += [RowsStep(verb, found) for found in by_table.values()]
    deleted = _grouped(
        changes.deleted, DeleteStep, depths(changes.deleted, places, cyclic), places, {}
    )
    deleted.sort(key=lambda placed: placed[0], reverse=True)
    return [*steps, *(step for _, step in deleted)]


def _lead(written: list[tuple[Any, Step]], followers: Mapping[InstanceState, list[Copy]]) -> None:
    for _, step in written:
        if isinstance(step, UpdateStep):
            step.followers = [copy for state, _ in step.states for copy in followers.get(state, ())]


def _pointed(late: list[Copy], changes: Changes) -> list[Step]:
    """Return the steps of keys that are set last."""
    by_base: dict[Any, list[Copy]] = {}
    once: dict[Any, Copy] = {}
    for copy in late:
        # Both sides of a relationship may tell of the same key; who gives one is right.
        names = (copy.dest, frozenset([to for _, to in copy.pairs]))
        if copy.source is not None or names not in once:
            once[names] = copy
    for copy in once.values():
        by_base.setdefault(copy.dest.mapper.base, []).append(copy)
    written = frozenset(
        copy.dest
        for copy in late
        if copy.dest in changes.inserted
        or copy.dest in changes.deleted
        or changes.updated.get(copy.dest)
    )
    return [PointStep(found, written) for found in by_base.values()]


def _grouped(
    states: Iterable[InstanceState],
    kind: type[Step],
    levels: Levels,
    places: Places,
    copies: Mapping[InstanceState, list[Copy]],
    names: Mapping[InstanceState, frozenset[str]] | None = None,
) -> list[tuple[Any, Step]]:
    groups: dict[Any, list[InstanceState]] = {}
    if levels or len(places) > 1:
        for state in states:
            component, position = places[state.mapper.base]
            groups.setdefault((component, levels.get(state, 0), position), []).append(state)
    elif states:
        ((component, position),) = places.values()
        groups[(component, 0, position)] = list(states)
    made: list[tuple[Any, Step]] = []
    for place, found in groups.items():
        wanted = [copy for state in found for copy in copies.get(state, ())] if copies else []
        members: list[Any] = found
        if names is not None:
            _sort_by_key(found)
            members = [(state, names[state]) for state in found]
        made.append(((*place, kind is UpdateStep), kind(found[0].mapper, members, wanted)))
    return made


def _sort_by_key(states: list[InstanceState]) -> None:
    """Put updates in order of the keys: two flushes at the same time take locks alike."""
    try:
        states.sort(key=attrgetter("pk"))
    except TypeError:
        states.sort(key=lambda state: (type(state.pk).__name__, str(state.pk)))


def _levels(
    changes: Changes, copies: Mapping[InstanceState, list[Copy]], places: Places
) -> dict[Any, int]:
    """Return how many objects of its group must be written before each, one after the other."""
    levels: dict[Any, int] = {}

    def sources(state: InstanceState) -> list[InstanceState]:
        group = places[state.mapper.base][0]
        return [
            copy.source
            for copy in copies.get(state, ())
            if copy.source is not None
            and copy.source in changes.inserted
            and places[copy.source.mapper.base][0] == group
        ]

    # Depth first, without recursion: chains may be long.
    for start in (*changes.inserted, *changes.updated):
        path = [start]
        on_path = {start}
        while path:
            state = path[-1]
            missing = [one for one in sources(state) if one not in levels]
            if state in levels or not missing:
                found = [levels[one] + 1 for one in sources(state)]
                levels.setdefault(state, max(found, default=0))
                on_path.discard(path.pop())
                continue
            if missing[0] in on_path:
                raise circular(path)
            path.append(missing[0])
            on_path.add(missing[0])
    return levels
