"""``filter_by(name=value)``: which column a name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import AmbiguousColumnError, InvalidRequestError
from toolkit_core.expression.joins import Join, members
from toolkit_core.nearest import nearest


def conditions_by(sources: list[Any], wanted: Mapping[str, Any]) -> list[Any]:
    """Return the conditions that columns of these sources are equal to values."""
    named = [
        (member.description, member.entity_namespace)
        for source in sources
        for member in members(source)
        if not isinstance(member, Join) and hasattr(member, "entity_namespace")
    ]
    return [_column(named, name) == value for name, value in wanted.items()]


def _column(named: list[tuple[str, Any]], name: str) -> Any:
    found = [(source, columns[name]) for source, columns in named if name in columns]
    if len(found) == 1:
        return found[0][1]
    if found:
        places = ", ".join(source for source, _ in found)
        raise AmbiguousColumnError(
            f'Attribute name "{name}" is ambiguous; it exists in multiple FROM clause entities '
            f"({places}). Use filter() with explicit column references instead of filter_by()."
        )
    searched = ", ".join(source for source, _ in named)
    there = [key for _, columns in named for key in columns.keys()]  # noqa: SIM118 - no dict
    near = nearest(name, there)
    raise InvalidRequestError(
        f'None of the FROM clause entities have a property "{name}". Searched entities: {searched}',
        hint=f"did you mean {near!r}?" if near else None,
    )
