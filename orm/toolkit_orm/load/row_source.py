"""The text of the functions that make objects of rows: one for each shape of a statement.

All that the shape decides is settled here: which columns an entity's attributes are read from,
which of them are processed and how, which classes there are.  What is left per row is looking
its key up, and for a new one making the object and its state and storing the values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toolkit_orm.instrument.state import STATE

Load = Callable[[Any, Any], list[Any]]


class EntityColumns:
    """Where in a row the attributes of one entity are: its key, and the others by name."""

    __slots__ = ("attributes", "key", "mapper", "missing")

    def __init__(
        self,
        mapper: Any,
        key: tuple[int, ...],
        attributes: Sequence[tuple[str, int]],
        missing: frozenset[str] | None = None,
    ) -> None:
        self.mapper = mapper
        self.key = key
        self.attributes = tuple(attributes)
        # The column attributes that the statement does not read: they are loaded when asked for.
        self.missing = missing


def row_loader(
    parts: Sequence[EntityColumns | int],
    width: int,
    processors: Sequence[Callable[[Any], Any] | None],
) -> Load:
    """Return a function that makes of raw rows what the statement selects.

    ``parts`` are what it selects, in order: entities, and the places of single columns.  One
    part gives a list of its values, several a list of tuples.
    """
    scope: dict[str, Any] = {"new": object.__new__}
    for place, processor in enumerate(processors):
        if processor is not None:
            scope[f"p{place}"] = processor
    for number, part in enumerate(parts):
        if not isinstance(part, int):
            scope[f"cls{number}"] = part.mapper.class_
            scope[f"State{number}"] = part.mapper.class_.__state_class__
            scope[f"base{number}"] = part.mapper.base
            scope[f"missing{number}"] = part.missing
    source = loader_source(parts, width, [one is not None for one in processors])
    exec(source, scope)  # noqa: S102 - our own text: positions, and names quoted by repr
    made: Load = scope["load"]
    return made


def loader_source(
    parts: Sequence[EntityColumns | int], width: int, processed: Sequence[bool]
) -> str:
    """Return the text of a function that loads rows."""
    columns = "".join(f"c{place}, " for place in range(width)).rstrip()
    lines = ["def load(raws, context):", "    found = []", "    add = found.append"]
    lines += ["    home = context.home", "    again = context.again", "    gone = home.gone"]
    for number, part in enumerate(parts):
        if not isinstance(part, int):
            lines.append(f"    known{number} = home.known(base{number})")
            lines.append(f"    get{number} = known{number}.get")
    lines.append(f"    for {columns} in raws:")
    for number, part in enumerate(parts):
        if not isinstance(part, int):
            lines += _entity_lines(number, part, processed)
    values = [
        _value(part, processed) if isinstance(part, int) else f"one{number}"
        for number, part in enumerate(parts)
    ]
    together = values[0] if len(values) == 1 else f"({', '.join(values)})"
    lines.append(f"        add({together})")
    lines.append("    return found")
    return "\n".join(lines)


def _value(place: int, processed: Sequence[bool]) -> str:
    return f"p{place}(c{place})" if processed[place] else f"c{place}"


def _entity_lines(number: int, part: EntityColumns, processed: Sequence[bool]) -> list[str]:
    lines = [f"c{place} = p{place}(c{place})" for place in part.key if processed[place]]
    key = f"c{part.key[0]}"
    if len(part.key) > 1:
        parts = ", ".join(f"c{place}" for place in part.key)
        lines.append(f"key{number} = ({parts})")
        key = f"key{number}"
    values = [
        (name, f"c{place}" if place in part.key else _value(place, processed))
        for name, place in part.attributes
    ]
    empty = " and ".join(f"c{place} is None" for place in part.key)
    told = ", ".join(f"{name!r}: {value}" for name, value in values)
    lines += [
        f"if {empty}:",
        f"    one{number} = None",
        "else:",
        f"    state = get{number}({key})",
        f"    one{number} = None if state is None else state()",
        f"    if one{number} is None:",
        f"        one{number} = new(cls{number})",
        f"        state = known{number}[{key}] = State{number}(one{number}, gone)",
        "        state.home = home",
        f"        state.pk = {key}",
        f"        values = one{number}.__dict__",
        *[f"        values[{name!r}] = {value}" for name, value in values],
        f"        values[{STATE!r}] = state",
    ]
    if part.missing:
        lines.append(f"        state.expired = missing{number}")
    lines += [
        "    elif again or state.expired is not None:",
        f"        context.refresh(state, one{number}, {{{told}}})",
    ]
    return ["        " + line for line in lines]
