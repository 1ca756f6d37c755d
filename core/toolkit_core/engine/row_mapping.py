"""A row seen as a mapping, and the views of its keys, values and items."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_core.engine.row import Row
    from toolkit_core.engine.row_shape import RowShape


class RowMapping(Mapping[Any, Any]):
    """A row as a mapping: keys are names of columns, or the statement's column objects.

    >>> from toolkit_core.engine.row_shape import RowShape
    >>> mapping = RowShape(["id", "name"]).row((1, "ada"))._mapping
    >>> mapping["name"], dict(mapping)
    ('ada', {'id': 1, 'name': 'ada'})
    """

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getitem__(self, key: Any) -> Any:
        row = self._row
        shape = row.__row_shape__
        position = shape.index.get(key)
        return row[shape.position(key) if position is None else position]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._row._fields)

    def __len__(self) -> int:
        return len(self._row)

    def __contains__(self, key: object) -> bool:
        return self._row.__row_shape__.has(key)

    def __hash__(self) -> int:
        return hash(self._row)

    def __repr__(self) -> str:
        return repr(self._row._asdict())

    def __reduce__(self) -> Any:
        return RowMapping, (self._row,)

    def keys(self) -> RMKeyView:
        """Return a view of the names."""
        return RMKeyView(self._row.__row_shape__)

    def values(self) -> ROMappingKeysValuesView:
        """Return a view of the values."""
        return ROMappingKeysValuesView(self)

    def items(self) -> ROMappingItemsView:
        """Return a view of pairs of name and value."""
        return ROMappingItemsView(self)


class RMKeyView(KeysView[Any]):
    """The names of a result's columns; ``in`` understands column objects, too.

    >>> from toolkit_core.engine.row_shape import RowShape
    >>> RMKeyView(RowShape(["id", "name"]))
    RMKeyView(['id', 'name'])
    """

    __slots__ = ("_shape",)

    def __init__(self, shape: RowShape) -> None:
        self._shape = shape

    def __len__(self) -> int:
        return len(self._shape.names)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._shape.names)

    def __contains__(self, key: object) -> bool:
        return self._shape.has(key)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AbstractSet) and not isinstance(other, RMKeyView):
            return set(self._shape.names) == other
        try:
            return list(self) == list(other)  # type: ignore[call-overload, no-any-return]
        except TypeError:
            return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def _from_iterable(cls, it: Any) -> set[Any]:
        """Let the operators of sets return plain sets."""
        return set(it)

    def __repr__(self) -> str:
        return f"RMKeyView({list(self._shape.names)!r})"


class ROMappingKeysValuesView(ValuesView[Any]):
    """The values of a row, by position."""

    __slots__ = ()
    _mapping: RowMapping

    def __iter__(self) -> Iterator[Any]:
        return iter(self._mapping._row)

    def __contains__(self, value: object) -> bool:
        return value in self._mapping._row

    def __repr__(self) -> str:
        return f"ROMappingKeysValuesView({self._mapping!r})"


class ROMappingItemsView(ItemsView[Any, Any]):
    """The pairs of name and value of a row."""

    __slots__ = ()
    _mapping: RowMapping

    def __repr__(self) -> str:
        return f"ROMappingItemsView({self._mapping!r})"
