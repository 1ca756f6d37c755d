"""What a SELECT may read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.node import Node
from toolkit_core.nearest import nearest


class ColumnCollection:
    """The columns of something, by name: as attributes, by ``[]``, and in order.

    Columns are plain attributes of the instance, so that reading one costs what reading an
    attribute costs; one that is called like a method is had by ``[]``.
    """

    def __init__(self, columns: dict[str, ColumnElement[Any]]) -> None:
        self._all = columns
        for name, column in columns.items():
            if not hasattr(ColumnCollection, name) and name != "_all":
                self.__dict__[name] = column

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        near = nearest(name, self._all)
        hint = f"; did you mean {near!r}?" if near else f"; there are {', '.join(self._all)}"
        raise AttributeError(f"There is no column {name!r}{hint}")

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, int):
            return list(self._all.values())[key]
        found = self._all.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """Return a column by its name, or the default."""
        return self._all.get(key, default)

    def keys(self) -> list[str]:
        """Return the names."""
        return list(self._all)

    def values(self) -> list[Any]:
        """Return the columns."""
        return list(self._all.values())

    def items(self) -> list[tuple[str, Any]]:
        """Return names and columns."""
        return list(self._all.items())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, key: str) -> bool:
        return key in self._all


class Named:
    """What every source has, be it a field of its class or not."""

    name: str | None = None


class FromClause(Named, Node):
    """Something with columns."""

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        raise NotImplementedError

    @property
    def columns(self) -> ColumnCollection:
        """The columns."""
        return self.c
