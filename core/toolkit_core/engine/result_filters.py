"""Views of a result that give something else than rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.engine.fetching import NOTHING, Fetching
from toolkit_core.engine.row_mapping import RMKeyView, RowMapping
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from toolkit_core.engine.result import Result
    from toolkit_core.engine.row_reader import Reader
    from toolkit_core.engine.row_shape import RowShape

T = TypeVar("T")


class FilterResult(Fetching[T]):
    """A view of a result: fetching from it fetches from the result."""

    __slots__ = ("_feed", "_reader")

    _feed: Result
    _reader: Reader

    def __init__(self, real_result: Result, reader: Reader) -> None:
        self._feed = real_result
        self._unique = real_result._unique
        self._reader = reader

    def _read(self) -> Reader:
        return self._reader

    def yield_per(self, num: int) -> Self:
        """Fetch so many rows at a time from the database, and hold no more of them."""
        self._feed.yield_per(num)
        return self


class ScalarResult(FilterResult[T]):
    """The values of one column of a result.

    >>> from toolkit_core.engine.result import IteratorResult
    >>> IteratorResult(["id", "name"], iter([(1, "ada"), (2, "bob")])).scalars("name").all()
    ['ada', 'bob']
    """

    __slots__ = ()

    def __init__(self, real_result: Result, index: Any = 0) -> None:
        self._feed = real_result
        self._unique = real_result._unique
        shape = real_result._shape
        first = index.__class__ is int and index == 0
        self._reader = shape.first_column if first else shape.scalars(index)

    @classmethod
    def _reading(cls, real_result: Result, reader: Reader) -> Self:
        """Return a view that reads in another way."""
        view = cls.__new__(cls)
        FilterResult.__init__(view, real_result, reader)
        return view


class MappingResult(FilterResult[RowMapping]):
    """The rows of a result as mappings.

    >>> from toolkit_core.engine.result import IteratorResult
    >>> IteratorResult(["id", "name"], iter([(1, "ada")])).mappings().one()["name"]
    'ada'
    """

    __slots__ = ("_columns",)

    def __init__(self, result: Result) -> None:
        self._feed = result
        self._unique = result._unique
        self._columns: RowShape | None = None

    @property
    def _shape(self) -> RowShape:
        return self._columns or self._feed._shape

    def _read(self) -> Reader:
        return self._shape.mappings

    def keys(self) -> RMKeyView:
        """Return a view of the names of the columns."""
        return RMKeyView(self._shape)

    def columns(self, *col_expressions: Any) -> Self:
        """Limit the mappings to some columns: by number, name or column object."""
        shape = self._shape
        self._columns = shape.only(tuple(map(shape.picked, col_expressions)))
        return self

    def fetchone(self) -> RowMapping | None:
        """Return the next mapping, or None at the end."""
        row = self._next()
        return None if row is NOTHING else row


class TupleResult(FilterResult[T]):
    """The type of a result whose rows are seen as plain tuples; rows are tuples anyway."""

    __slots__ = ()

    if TYPE_CHECKING:

        def fetchone(self) -> T | None:
            """Return the next row, or None at the end."""

        def scalar(self) -> Any:
            """Return the first column of the first row."""

        def scalar_one(self) -> Any:
            """Return the only row's first column."""

        def scalar_one_or_none(self) -> Any:
            """Return the only row's first column, or None."""

        def scalars(self, index: Any = 0) -> ScalarResult[Any]:
            """Return a view that gives the values of one column."""
            raise NotImplementedError
