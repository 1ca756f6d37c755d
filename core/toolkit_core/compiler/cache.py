"""The cache of compiled statements: bounded, and a hit is one look-up in a dictionary."""

from __future__ import annotations

from collections.abc import Hashable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    V = TypeVar("V")


class CompiledCache(dict[Hashable, "V"]):
    """Keep what was used lately, in two generations: the dictionary itself, and an older one.

    When it is full it becomes the old generation, and what was the old one goes.  So an entry
    stays for at least ``size`` further insertions after its last use, without a list to move
    it in at each hit.  ``get`` is the dictionary's own; who misses asks ``recall``.

    >>> cache = CompiledCache(2)
    >>> for n in range(5):
    ...     cache.put(n, n)
    >>> cache.recall(3), cache.recall(0), len(cache) <= 2
    (3, None, True)
    """

    __slots__ = ("_old", "size")

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        self._old: dict[Hashable, V] = {}

    def recall(self, key: Hashable) -> V | None:
        """Return what is kept, and count that as a use; None if there is nothing."""
        found = self.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: V) -> None:
        """Keep a value; with a size of 0 nothing is kept."""
        if not self.size:
            return
        if len(self) >= self.size:
            # In this order: another thread finds an entry in the one or the other.
            self._old = dict(self)
            super().clear()
        self[key] = value

    def clear(self) -> None:
        """Forget everything."""
        self._old = {}
        super().clear()


def kept(cache: Any, key: Hashable) -> Any:
    """Look into the engine's cache, or a dictionary of the user's that stands in for it.

    None stands for no cache at all.
    """
    if cache is None:
        return None
    return getattr(cache, "recall", cache.get)(key)


def keep(cache: Any, key: Hashable, value: Any) -> None:
    """Put something into what ``kept()`` looks into."""
    if cache is not None:
        getattr(cache, "put", cache.__setitem__)(key, value)
