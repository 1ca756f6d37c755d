"""The attributes of a mapper as read-only collections."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Any, Generic, TypeVar

from toolkit_core.nearest import nearest

P = TypeVar("P")


class PropertyCollection(Generic[P]):
    """Things by name: as attributes, by ``[]``, and in order.

    >>> found = PropertyCollection({"name": 1})
    >>> found.name, found["name"], list(found), "name" in found
    (1, 1, [1], True)
    """

    __slots__ = ("_data",)

    _data: Mapping[str, P]

    def __init__(self, data: Mapping[str, P]) -> None:
        object.__setattr__(self, "_data", data)

    def __getattr__(self, name: str) -> P:
        data = object.__getattribute__(self, "_data")
        try:
            found: P = data[name]
        except KeyError:
            near = nearest(name, data)
            hint = "" if near is None else f"; did you mean {near!r}?"
            raise AttributeError(f"{name}{hint}") from None
        return found

    def __getitem__(self, name: str) -> P:
        return self._data[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError(f"{type(self).__name__} object is immutable and/or readonly")

    def __iter__(self) -> Iterator[P]:
        return iter(list(self._data.values()))

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __dir__(self) -> list[str]:
        return [*self._data, "get", "items", "keys", "values"]

    def keys(self) -> list[str]:
        """Return the names."""
        return list(self._data)

    def values(self) -> ValuesView[P]:
        """Return the things."""
        return self._data.values()

    def items(self) -> ItemsView[str, P]:
        """Return names and things."""
        return self._data.items()

    def get(self, name: str, default: Any = None) -> Any:
        """Return one by its name, or the default."""
        return self._data.get(name, default)

    def as_readonly(self) -> PropertyCollection[P]:
        """Return the collection, which nobody can change anyway."""
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._data)})"
