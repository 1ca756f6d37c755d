"""The order in which tables can be created, by the names alone of what is in a database."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from toolkit_core.schema.topological import find_cycles, sorted_by

T = TypeVar("T", bound=Hashable)

# A table with its foreign keys, each as table and name; at the end None, and those put off.
SortedNames = tuple["str | None", "list[tuple[str, str | None]]"]
# A foreign key as the table that has it, its name, and the table that it points to, if any.
Edge = tuple[T, "str | None", "T | None"]


def sorted_names(
    names: Sequence[str], keys: Mapping[str, Sequence[Any]], schema: str | None = None
) -> list[SortedNames]:
    """Return the tables of one schema in order.

    >>> key = {"name": "fk", "referred_schema": None, "referred_table": "b"}
    >>> sorted_names(["a", "b"], {"a": [key], "b": []})
    [('b', []), ('a', [('a', 'fk')]), (None, [])]
    """
    edges = [
        # A table of another schema is none of those that are put in order.
        (name, one["name"], one["referred_table"] if one["referred_schema"] == schema else None)
        for name in names
        for one in keys[name]
    ]
    return _ordered(sorted(names), edges)


def sorted_foreign_keys(keys: Mapping[tuple[str | None, str], Sequence[Any]]) -> list[Any]:
    """Return the tables of many schemas in order, each as schema and name."""
    edges = [
        (table, one["name"], (one["referred_schema"], one["referred_table"]))
        for table, those in keys.items()
        for one in those
    ]
    return _ordered(sorted(keys, key=_shown), edges)


def _ordered(tables: Sequence[T], edges: Sequence[Edge[T]]) -> list[Any]:
    before = {(to, table) for table, _, to in edges if to is not None and to != table}
    ordered, stuck = sorted_by(tables, before)
    put_off: list[tuple[T, str | None]] = []
    if stuck:
        cycles = find_cycles(stuck, before)
        loose = {(to, table) for to, table in before if to in cycles and table in cycles}
        put_off = [(table, name) for table, name, to in edges if (to, table) in loose]
        ordered, _ = sorted_by(tables, before - loose)
    late = set(put_off)
    own: dict[T, dict[Any, None]] = {table: {} for table in ordered}
    for table, name, _ in edges:
        if (table, name) not in late:
            own[table][table, name] = None
    result: list[Any] = [(table, list(own[table])) for table in ordered]
    result.append((None, list(dict.fromkeys(put_off))))
    return result


def _shown(key: tuple[str | None, str]) -> tuple[str, str]:
    return (key[0] or "", key[1])
