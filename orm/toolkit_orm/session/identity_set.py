"""A set of objects as a session gives it out: told apart by identity, not by equality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableSet
from typing import Any


class IdentitySet(MutableSet[Any]):
    """Objects in order, each once; objects that are equal are not the same."""

    __slots__ = ("_by_id",)

    def __init__(self, objects: Iterable[Any] = ()) -> None:
        self._by_id = {id(one): one for one in objects}

    def __contains__(self, one: object) -> bool:
        return id(one) in self._by_id

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, value: Any) -> None:
        """Put an object in."""
        self._by_id[id(value)] = value

    def discard(self, value: Any) -> None:
        """Take an object out, if it is in."""
        self._by_id.pop(id(value), None)

    def union(self, *others: Iterable[Any]) -> IdentitySet:
        """Return what is in this or in the others."""
        made = self.copy()
        made.update(*others)
        return made

    def update(self, *others: Iterable[Any]) -> None:
        """Put objects in."""
        for other in others:
            for one in other:
                self.add(one)

    def intersection(self, other: Iterable[Any]) -> IdentitySet:
        """Return what is in both."""
        there = IdentitySet(other)
        return IdentitySet(one for one in self if one in there)

    def difference(self, other: Iterable[Any]) -> IdentitySet:
        """Return what is in this and not in the other."""
        there = IdentitySet(other)
        return IdentitySet(one for one in self if one not in there)

    def copy(self) -> IdentitySet:
        """Return a set of the same objects."""
        return IdentitySet(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, IdentitySet):
            return NotImplemented
        return self._by_id.keys() == other._by_id.keys()

    __hash__ = None  # type: ignore[assignment] # it changes

    def __repr__(self) -> str:
        return f"IdentitySet({list(self)!r})"
