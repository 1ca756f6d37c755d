"""Sorting things of which some must come before others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

T = TypeVar("T")


def sorted_by(items: Iterable[T], edges: Iterable[tuple[T, T]]) -> tuple[list[T], list[T]]:
    """Return the items in order, and those that cannot be put in order.

    An edge is a pair of what comes before and what comes after.  What waits for nothing comes
    first, then what waits only for that, and so on; within such a layer the items stay in the
    order in which they were given.

    >>> sorted_by("abc", [("c", "a")])
    (['b', 'c', 'a'], [])
    >>> sorted_by("abc", [("a", "b"), ("b", "a")])
    (['c'], ['a', 'b'])
    """
    given = list(items)
    position = {item: number for number, item in enumerate(given)}
    # How many things an item waits for, and which wait for it.
    waits = dict.fromkeys(given, 0)
    after: dict[T, list[T]] = {item: [] for item in given}
    for first, then in set(edges):
        if first in position and then in position and first is not then:
            waits[then] += 1
            after[first].append(then)
    ordered: list[T] = []
    layer = [item for item in given if not waits[item]]
    while layer:
        ordered += layer
        free: list[T] = []
        for item in layer:
            for then in after[item]:
                waits[then] -= 1
                if not waits[then]:
                    free.append(then)
        layer = sorted(free, key=position.__getitem__)
    return ordered, [item for item in given if waits[item]]


def find_cycles(items: Iterable[T], edges: Collection[tuple[T, T]]) -> set[T]:
    """Return the items that wait for themselves, over however many others.

    >>> sorted(find_cycles("abcd", [("a", "b"), ("b", "a"), ("b", "c")]))
    ['a', 'b']
    """
    after: dict[T, set[T]] = {item: set() for item in items}
    for first, then in edges:
        if first in after and then in after:
            after[first].add(then)
    return {item for item in after if item in _reached(item, after)}


def _reached(start: T, after: dict[T, set[T]]) -> set[T]:
    seen: set[T] = set()
    waiting = list(after[start])
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            waiting.extend(after[item])
    return seen
