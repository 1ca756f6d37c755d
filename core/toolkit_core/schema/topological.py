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
    left = list(items)
    there = set(left)
    before: dict[T, set[T]] = {item: set() for item in left}
    for first, then in edges:
        if first in there and then in there and first is not then:
            before[then].add(first)
    ordered: list[T] = []
    done: set[T] = set()
    while left:
        layer = [item for item in left if before[item] <= done]
        if not layer:
            return ordered, left
        ordered += layer
        done.update(layer)
        left = [item for item in left if item not in done]
    return ordered, []


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
