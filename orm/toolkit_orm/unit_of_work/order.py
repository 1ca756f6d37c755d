"""The order of mappers: those whose tables others refer to come first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def components(mappers: Iterable[Any]) -> dict[Any, tuple[int, int]]:
    """Return for each mapper the number of its group, and its own number.

    Mappers that refer to each other, however far around, are one group.
    """
    found = list(mappers)
    below = {mapper: _referred(mapper, found) for mapper in found}
    reached = {mapper: _reached(mapper, below) for mapper in found}
    ordered = sorted(found, key=lambda one: (len(reached[one]), one.local_table.name))
    groups: dict[Any, int] = {}
    places: dict[Any, tuple[int, int]] = {}
    for number, mapper in enumerate(ordered):
        group = next(
            (groups[one] for one in groups if one in reached[mapper] and mapper in reached[one]),
            number,
        )
        groups[mapper] = group
        places[mapper] = (group, number)
    return places


def _referred(mapper: Any, present: list[Any]) -> set[Any]:
    """Return the present mappers that one refers to: by foreign keys, and by relationships."""
    tables = {other.local_table: other for other in present}
    found = set()
    for key in mapper.local_table.foreign_keys:
        other = tables.get(key.column.table)
        if other is not None:
            found.add(other)
    for prop in mapper.relationships:
        if prop.direction.name == "MANYTOONE" and prop.mapper in present:
            found.add(prop.mapper)
    for other in present:
        for prop in other.relationships:
            if prop.direction.name == "ONETOMANY" and prop.mapper is mapper:
                found.add(other)
    return found


def _reached(mapper: Any, below: dict[Any, set[Any]]) -> set[Any]:
    reached: set[Any] = set()
    waiting = [mapper]
    while waiting:
        for other in below[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
