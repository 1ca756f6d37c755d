"""Which of the objects that go together must go first: those that refer to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit_core.errors import CircularDependencyError
from toolkit_orm.errors import ObjectDeletedError
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.unit_of_work.order import Places
from toolkit_orm.unit_of_work.written import written

# Attributes with the key of an object of a hierarchy, in the order of its primary key.
Reference = tuple[Any, tuple[str, ...]]
Keys = Mapping[Any, InstanceState]


def depths(
    states: Iterable[InstanceState], places: Places, cyclic: set[int]
) -> dict[InstanceState, int]:
    """Return how deep objects are below others that go; the deepest go first.

    Only where hierarchies refer to each other, or to themselves: others are in order as a whole.
    """
    found = [state for state in states if places[state.mapper.base][0] in cyclic]
    if not found:
        return {}
    references = _references({state.mapper for state in found}, places)
    from_key = {(state.mapper.base, state.pk): state for state in found}
    depth: dict[InstanceState, int] = {}
    # Depth first, without recursion: chains may be long.
    for start in found:
        path = [start]
        on_path = {start}
        while path:
            state = path[-1]
            above = _above(state, references[state.mapper], from_key)
            missing = [one for one in above if one not in depth]
            if not missing or state in depth:
                depth.setdefault(state, max([depth[one] + 1 for one in above], default=0))
                on_path.discard(path.pop())
                continue
            if missing[0] in on_path:
                raise circular(path)
            path.append(missing[0])
            on_path.add(missing[0])
    return depth


def _above(
    state: InstanceState, references: Iterable[Reference], from_key: Keys
) -> list[InstanceState]:
    """Return the objects that go, too, and that an object's row refers to."""
    found = []
    for base, names in references:
        key = tuple([before(state, name) for name in names])
        parent = from_key.get((base, key if len(key) > 1 else key[0]))
        if parent is not None and parent is not state:
            found.append(parent)
    return found


def before(state: InstanceState, name: str) -> Any:
    """Return what a column has in the database."""
    committed = state.committed
    if committed is not None and committed.get(name, NO_VALUE) is not NO_VALUE:
        return committed[name]
    values = state.dict
    if name in values:
        return values[name]
    try:
        return getattr(state(), name)
    except ObjectDeletedError:
        return None


def _references(mappers: set[Any], places: Places) -> dict[Any, list[Reference]]:
    """Return what rows refer to others of the same group by: foreign keys, and relationships."""
    found: dict[Any, dict[Reference, None]] = {mapper: {} for mapper in mappers}
    # Keys that are taken away before any row goes.
    pointed: set[tuple[Any, str]] = set()
    for mapper in mappers:
        for child, target, pairs in _of_relationships(mapper):
            names = tuple([to for _, to in pairs])
            if child is None:
                pointed.update((target, name) for name in names)
                continue
            by_start = dict(pairs)
            key = written(target).key_names
            if target.base in places and set(by_start) == set(key):
                for one in mappers:
                    if one.isa(child):
                        found[one][(target.base, tuple([by_start[name] for name in key]))] = None
        for target, names in _of_foreign_keys(mapper, mappers):
            found[mapper][(target.base, names)] = None
    return {
        mapper: [
            (base, names)
            for base, names in own
            if not any((one, name) in pointed for one in mapper.iterate_to_root() for name in names)
        ]
        for mapper, own in found.items()
    }


def _of_relationships(mapper: Any) -> Iterable[tuple[Any, Any, list[tuple[str, str]]]]:
    """Yield who refers, to whom, and by what; nobody for keys that are written apart."""
    for prop in mapper.relationships:
        if prop.viewonly or prop.secondary is not None:
            continue
        start, end = prop.parent, prop.mapper
        if prop.direction.name == "MANYTOONE":
            start, end = end, start
        pairs = [
            (start.key_of[one], end.key_of[two])
            for one, two in prop.synchronize_pairs
            if one in start.key_of and two in end.key_of
        ]
        yield (None, end, pairs) if prop.post_update else (end, start, pairs)


def _of_foreign_keys(mapper: Any, mappers: set[Any]) -> Iterable[tuple[Any, tuple[str, ...]]]:
    primary = {
        facts.primary: other
        for other in mappers
        for facts in written(other).tables
        if facts.primary
    }
    for facts in written(mapper).tables:
        for constraint in getattr(facts.table, "foreign_key_constraints", ()):
            to = {one.column: one.parent for one in constraint.elements}
            for columns, target in primary.items():
                if len(columns) == len(to) and all(one in to for one in columns):
                    names = [mapper.key_of.get(to[one]) for one in columns]
                    if None not in names:
                        yield target, tuple(names)


def circular(states: Iterable[InstanceState]) -> CircularDependencyError:
    """Return the error for objects that need each other's rows."""
    names = ", ".join(sorted({one.mapper.class_.__name__ for one in states}))
    return CircularDependencyError(
        f"Circular dependency detected: objects of {names} need each other's keys; "
        "relationship(post_update=True) writes one of the keys in an UPDATE of its own",
        (),
        set(),
    )
