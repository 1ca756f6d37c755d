"""A dictionary that is never changed: it can be shared without a copy."""

from __future__ import annotations

from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeVar

    K = TypeVar("K")
    V = TypeVar("V")


class immutabledict(dict["K", "V"]):  # noqa: N801 - the documented name
    """A ``dict`` without the methods that change it; ``union`` makes a new one.

    >>> options = immutabledict({"a": 1})
    >>> options.union({"b": 2})
    immutabledict({'a': 1, 'b': 2})
    >>> options["a"] = 3
    Traceback (most recent call last):
        ...
    TypeError: immutabledict object is immutable
    """

    __slots__ = ()

    def union(self, other: Mapping[K, V] | None = None, /, **more: V) -> immutabledict[K, V]:
        """Return a dictionary with the entries of both, those of ``other`` winning."""
        if not other and not more:
            return self
        merged: dict[Any, V] = {**self, **(other or {}), **more}
        return immutabledict(merged)

    def merge_with(self, *others: Mapping[K, V] | None) -> immutabledict[K, V]:
        """Return a dictionary with the entries of all, the later winning."""
        merged = self
        for other in others:
            merged = merged.union(other)
        return merged

    def copy(self) -> immutabledict[K, V]:
        """Return the dictionary itself, since nothing can change it."""
        return self

    __copy__ = copy

    def __or__(self, other: Mapping[Any, Any], /) -> immutabledict[Any, Any]:
        if not isinstance(other, Mapping):
            return NotImplemented
        return immutabledict({**self, **other})

    def __ror__(self, other: Mapping[Any, Any], /) -> immutabledict[Any, Any]:
        if not isinstance(other, Mapping):
            return NotImplemented
        return immutabledict({**other, **self})

    def __repr__(self) -> str:
        return f"immutabledict({dict.__repr__(self)})"

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("immutabledict object is immutable")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse


EMPTY: immutabledict[Any, Any] = immutabledict()
