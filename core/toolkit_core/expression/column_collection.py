"""The columns of something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from toolkit_core.errors import ArgumentError
from toolkit_core.nearest import nearest

if TYPE_CHECKING:
    from toolkit_core.expression.elements import ColumnElement

Pairs = Iterable[tuple[str, "ColumnElement[Any]"]]


class NoSuchKey(KeyError):
    """No column has that key; the message names the nearest."""

    def __init__(self, key: Any, there: Iterable[str] = ()) -> None:
        super().__init__(key)
        self._there = tuple(there)

    def __str__(self) -> str:
        return repr(self.args[0]) + _suggested(self.args[0], self._there)

    def __reduce__(self) -> Any:
        return type(self), (self.args[0], self._there)


class ColumnCollection:
    """The columns of something, by name: as attributes, by ``[]``, and in order.

    Columns are plain attributes of the instance, so that reading one costs what reading an
    attribute costs; one that is called like a method is had by ``[]``.  A key may be there
    twice, as in the result of a SELECT: by name one gets the first.
    """

    if TYPE_CHECKING:
        _pairs: list[tuple[str, ColumnElement[Any]]]
        _by_key: dict[str, ColumnElement[Any]]

    def __init__(self, columns: Pairs | dict[str, Any] = ()) -> None:
        state = self.__dict__
        pairs = state["_pairs"] = list(columns.items() if isinstance(columns, dict) else columns)
        by_key = dict(pairs)
        if len(by_key) < len(pairs):
            # A key that is there twice means the first.
            by_key = {}
            for key, column in pairs:
                by_key.setdefault(key, column)
        state["_by_key"] = by_key
        state.update(
            by_key
            if TAKEN.isdisjoint(by_key)
            else {key: column for key, column in by_key.items() if key not in TAKEN}
        )

    # -- who owns the collection changes it -------------------------------------------------

    def _add(self, key: str, column: ColumnElement[Any], position: int | None = None) -> None:
        """Put a column at the end, or at a position."""
        if position is None:
            self._pairs.append((key, column))
        else:
            self._pairs.insert(position, (key, column))
        if key not in self._by_key:
            self._by_key[key] = column
            if key not in TAKEN:
                self.__dict__[key] = column

    def _set(self, pairs: Pairs) -> None:
        """Replace all columns."""
        self.__dict__.clear()
        ColumnCollection.__init__(self, pairs)

    # -- reading --------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.__dict__.get("_by_key", {})
        raise AttributeError(f"There is no column {name!r}{_suggested(name, found)}")

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            found = self._by_key.get(key)
            if found is None:
                raise NoSuchKey(key, self._by_key)
            return found
        if isinstance(key, slice):
            return ColumnCollection(self._pairs[key])
        if isinstance(key, tuple):
            return ColumnCollection((self._key_of(one), self[one]) for one in key)
        try:
            return self._pairs[key][1]
        except IndexError:
            raise IndexError(f"{key}; there are {len(self._pairs)} columns") from None

    def _key_of(self, key: Any) -> str:
        return key if isinstance(key, str) else self._pairs[key][0]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a column by its name, or the default."""
        return self._by_key.get(key, default)

    def keys(self) -> list[str]:
        """Return the names."""
        return [key for key, _ in self._pairs]

    def values(self) -> list[Any]:
        """Return the columns."""
        return [column for _, column in self._pairs]

    def items(self) -> list[tuple[str, Any]]:
        """Return names and columns."""
        return list(self._pairs)

    def __iter__(self) -> Iterator[Any]:
        return iter([column for _, column in self._pairs])

    def __len__(self) -> int:
        return len(self._pairs)

    def __bool__(self) -> bool:
        return True

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            raise ArgumentError(
                "__contains__ requires a string argument",
                hint="contains_column() takes a column",
            )
        return key in self._by_key

    def contains_column(self, col: Any) -> bool:
        """Tell whether this very column is here."""
        if isinstance(col, str):
            raise ArgumentError(
                "contains_column cannot be used with string arguments. "
                "Use ``col_name in table.c`` instead."
            )
        for _, column in self._pairs:  # noqa: SIM110 - any() of a generator takes twice the time
            if column is col:
                return True
        return False

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column that is the given one, or comes from it; None if there is none.

        Of several, the one that shares most of its origins is returned.
        """
        if self.contains_column(column):
            return column
        wanted = origins(column)
        best, most = None, 0
        for _, mine in self._pairs:
            proxies = getattr(mine, "proxy_set", None)
            if proxies is None and mine not in wanted:
                continue
            own = origins(mine)
            shared = len(own & wanted)
            if shared > most and not (require_embedded and not wanted <= own):
                best, most = mine, shared
        return best

    def compare(self, other: ColumnCollection) -> bool:
        """Tell whether the other has the same columns under the same keys."""
        mine, theirs = self._pairs, other._pairs
        return len(mine) == len(theirs) and all(
            key == other_key and column is other_column
            for (key, column), (other_key, other_column) in zip(mine, theirs, strict=True)
        )

    def as_readonly(self) -> ColumnCollection:
        """Return the collection, which only its owner can change anyway."""
        return self

    # -- what is refused ------------------------------------------------------------------

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable and/or readonly")

    def __delattr__(self, name: str) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable and/or readonly")

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable and/or readonly")

    def __delitem__(self, key: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable and/or readonly")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ColumnCollection) and self.compare(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.keys())})"

    def __reduce__(self) -> Any:
        return type(self), (), list(self._pairs)

    def __setstate__(self, pairs: Pairs) -> None:
        self._set(pairs)


# Names of its own, which no column hides.
TAKEN = frozenset((*dir(ColumnCollection), "_pairs", "_by_key", "_source", "_all"))


def origins(column: Any) -> frozenset[Any]:
    """Return the columns that a column comes from, itself among them."""
    found: Any = getattr(column, "proxy_set", None)
    return frozenset((column,)) if found is None else frozenset(found)


def _suggested(name: object, there: Iterable[str]) -> str:
    near = nearest(str(name), there)
    if near:
        return f"; did you mean {near!r}?"
    return f"; there are {', '.join(there) or 'none'}"


# Under their documented names: every collection here can only be read.
ReadOnlyColumnCollection = WriteableColumnCollection = DedupeColumnCollection = ColumnCollection
