"""The steps of a flush, in order: pure, from changes and mappers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_core.errors import CircularDependencyError
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.changes import Changes
from toolkit_orm.unit_of_work.order import Places, components
from toolkit_orm.unit_of_work.relations import Copy, Row

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

    verb = "update"


class DeleteStep(Step):
    """Objects that lose their rows."""

    verb = "delete"


class PointStep(Step):
    """Keys that are set when both rows are there: ``states`` are the copies (``post_update``)."""

    verb = "point"


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
    present = [*changes.inserted, *changes.updated, *changes.deleted]
    places, cyclic = components(dict.fromkeys(state.mapper for state in present))
    levels = _levels(changes, copies, places) if cyclic else {}
    written = _grouped(changes.inserted, InsertStep, levels, places, copies)
    written += _grouped(changes.updated, UpdateStep, levels, places, copies, changes.updated)
    written.sort(key=lambda placed: placed[0])
    steps: list[Step] = [step for _, step in written]
    steps += _pointed(late)
    for verb, rows in (
        ("delete", relations.removed_rows),
        ("insert", relations.added_rows),
    ):
        by_table: dict[Any, list[Row]] = {}
        for row in rows.values():
            by_table.setdefault(row.prop.secondary, []).append(row)
        steps += [RowsStep(verb, found) for found in by_table.values()]
    deleted = _grouped(changes.deleted, DeleteStep, _below(changes), places, {})
    deleted.sort(key=lambda placed: placed[0], reverse=True)
    return [*steps, *(step for _, step in deleted)]


def _pointed(late: list[Copy]) -> list[Step]:
    """Return the steps of keys that are set last; what is there already is left out."""
    by_base: dict[Any, list[Copy]] = {}
    for copy in late:
        by_base.setdefault(copy.dest.mapper.base, []).append(copy)
    return [PointStep(found[0].dest.mapper, found) for found in by_base.values()]


def _grouped(
    states: Iterable[InstanceState],
    kind: type[Step],
    levels: Levels,
    places: Places,
    copies: Mapping[InstanceState, list[Copy]],
    names: Mapping[InstanceState, set[str]] | None = None,
) -> list[tuple[Any, Step]]:
    groups: dict[Any, list[InstanceState]] = {}
    for state in states:
        component, position = places[state.mapper.base]
        groups.setdefault((component, levels.get(state, 0), position), []).append(state)
    made: list[tuple[Any, Step]] = []
    for place, found in groups.items():
        wanted = [copy for state in found for copy in copies.get(state, ())]
        members: list[Any] = found
        if names is not None:
            found.sort(key=lambda state: _key_order(state.pk))
            members = [(state, sorted(names[state])) for state in found]
        made.append(((*place, kind is UpdateStep), kind(found[0].mapper, members, wanted)))
    return made


def _key_order(pk: Any) -> tuple[str, Any]:
    """Return what updates are in order of: two flushes at the same time take locks alike."""
    if isinstance(pk, (int, str)):
        return (type(pk).__name__, pk)
    return ("", str(pk))


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
            and copy.source is not state
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
                raise _circular(path)
            path.append(missing[0])
            on_path.add(missing[0])
    return levels


def _circular(states: Iterable[InstanceState]) -> CircularDependencyError:
    names = ", ".join(sorted({one.mapper.class_.__name__ for one in states}))
    return CircularDependencyError(
        f"Circular dependency detected: objects of {names} need each other's keys; "
        "relationship(post_update=True) writes one of the keys in an UPDATE of its own",
        (),
        set(),
    )


def _below(changes: Changes) -> dict[Any, int]:
    """Return how deep deleted objects are below others of their hierarchy that go, too."""
    from_key = {(state.mapper.base, state.pk): state for state in changes.deleted}
    depth: dict[Any, int] = {}
    for start in changes.deleted:
        path = [start]
        while path:
            state = path[-1]
            above = [one for one in _parents(state, from_key) if one is not state]
            missing = [one for one in above if one not in depth and one not in path]
            if missing:
                path.append(missing[0])
                continue
            depth.setdefault(state, max((depth.get(one, 0) + 1 for one in above), default=0))
            path.pop()
    return depth


def _parents(state: InstanceState, from_key: Mapping[Any, InstanceState]) -> list[InstanceState]:
    values = state.dict
    mapper = state.mapper
    found = []
    for names in _own_references(mapper):
        committed = state.committed or {}
        key = tuple([committed.get(name, values.get(name)) for name in names])
        parent = from_key.get((mapper.base, key if len(key) > 1 else key[0]))
        if parent is not None:
            found.append(parent)
    return found


def _own_references(mapper: Any) -> list[tuple[str, ...]]:
    """Return the attributes with keys of objects of the same hierarchy."""
    known: list[tuple[str, ...]] | None = mapper.memo.get("own_references")
    if known is None:
        found: dict[tuple[str, ...], None] = {}
        for prop in mapper.relationships:
            if prop.mapper.base is mapper.base and not prop.viewonly and prop.secondary is None:
                to_one = prop.direction.name == "MANYTOONE"
                pairs = [
                    (far, near) if to_one else (near, far) for near, far in prop.local_remote_pairs
                ]
                names = tuple([mapper.key_of[one] for _, one in pairs if one in mapper.key_of])
                if len(names) == len(mapper.primary_key):
                    found[names] = None
        known = mapper.memo["own_references"] = list(found)
    return known
