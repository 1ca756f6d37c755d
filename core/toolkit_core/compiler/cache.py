"""The cache of compiled statements: bounded, and a hit is one look-up in a dictionary."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class CompiledCache(Generic[V]):
    """Keep what was used lately, in two generations.

    When the young generation is full it becomes the old one, and what was the old one goes.
    A hit in the old one makes its entry young again.  So an entry stays for at least ``size``
    further insertions after its last use, without a list to move it in at each hit.

    >>> cache = CompiledCache[int](2)
    >>> for n in range(5):
    ...     cache.put(n, n)
    >>> cache.get(4), cache.get(0)
    (4, None)
    """

    __slots__ = ("_old", "_young", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._young: dict[Hashable, V] = {}
        self._old: dict[Hashable, V] = {}

    def get(self, key: Hashable) -> V | None:
        """Return what was kept, or None."""
        found = self._young.get(key)
        if found is None and self._old:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value; with a size of 0 nothing is kept."""
        if not self.size:
            return
        if len(self._young) >= self.size:
            self._old = self._young
            self._young = {}
        self._young[key] = value

    def clear(self) -> None:
        """Forget everything."""
        self._young = {}
        self._old = {}

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())
