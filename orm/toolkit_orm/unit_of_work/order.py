"""The order of hierarchies: those whose tables others refer to come first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Places = dict[Any, tuple[int, int]]


def components(mappers: Iterable[Any]) -> tuple[Places, set[int]]:
    """Return for the base of each mapper the number of its group, and its own number.

    Hierarchies that refer to each other, however far around, are one group; the second value
    are the groups in which objects depend on others of the same group.
    """
    together = frozenset(mappers)
    key = ("components", together)
    # Each of them has it: who is given another attribute forgets it.
    found = [mapper.memo.get(key) for mapper in together]
    if None in found or not found:
        made = _components(mappers)
        for mapper in together:
            mapper.memo[key] = made
        return made
    known: tuple[Places, set[int]] = found[0]
    return known


def _components(mappers: Iterable[Any]) -> tuple[Places, set[int]]:
    present: dict[Any, list[Any]] = {}
    for mapper in mappers:
        present.setdefault(mapper.base, []).append(mapper)
    below = {base: _referred(found, present) for base, found in present.items()}
    reached = {base: _reached(base, below) for base in present}
    first = {base: sum(1 for one in reached[base] if base not in reached[one]) for base in present}
    ordered = sorted(present, key=lambda one: (first[one], str(one.local_table.name)))
    groups: dict[Any, int] = {}
    places: Places = {}
    for number, base in enumerate(ordered):
        group = next(
            (groups[one] for one in groups if one in reached[base] and base in reached[one]),
            number,
        )
        groups[base] = group
        places[base] = (group, number)
    return places, {groups[base] for base in present if base in reached[base]}


def _referred(mappers: list[Any], present: dict[Any, list[Any]]) -> set[Any]:
    """Return the present hierarchies that one refers to: by foreign keys, and relationships."""
    base = mappers[0].base
    tables = {
        table: other
        for other, found in present.items()
        for mapper in found
        for table in mapper.tables
    }
    own = {table for mapper in mappers for table in mapper.tables}
    joining = {pair for one in mappers for up in one.iterate_to_root() for pair in up.inherit_pairs}
    found: set[Any] = set()
    for table in own:
        for key in getattr(table, "foreign_keys", ()):
            other = tables.get(key.column.table)
            if other is not None and (key.column, key.parent) not in joining:
                found.add(other)
    for mapper in mappers:
        found |= _related(mapper, present, "MANYTOONE")
    for other, others in present.items():
        if any(base in _related(mapper, present, "ONETOMANY") for mapper in others):
            found.add(other)
    return found


def _related(mapper: Any, present: dict[Any, list[Any]], direction: str) -> set[Any]:
    return {
        prop.mapper.base
        for prop in mapper.relationships
        if prop.direction.name == direction
        and not prop.viewonly
        and not prop.post_update
        and prop.mapper.base in present
    }


def _reached(base: Any, below: dict[Any, set[Any]]) -> set[Any]:
    reached: set[Any] = set()
    waiting = [base]
    while waiting:
        for other in below[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
