"""The result of a statement: rows from a driver's cursor, and what the statement has done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from typing_extensions import TypeVarTuple, Unpack

from toolkit_core.engine.fetch import NO_ROWS
from toolkit_core.engine.result import Result
from toolkit_core.engine.row_shape import RowShape, Shapes, plain_shape

if TYPE_CHECKING:
    from toolkit_core.dialect.driver import DBAPICursor
    from toolkit_core.engine.row_reader import Reader

# Without arguments a result may have any columns.
Ts = TypeVarTuple("Ts", default=Unpack[tuple[Any, ...]])


class ResultOwner(Protocol):
    """What a result needs of the connection that made it."""

    def _fetch_failed(self, error: BaseException, cursor: Any, context: Any) -> NoReturn:
        """Deal with an error that came out of the driver while fetching, and raise."""


class CursorResult(Result[Unpack[Ts]]):
    """The result of a statement.

    ``connection`` deals with errors of fetching; ``shapes`` lives on the compiled statement
    and gives the shape of the rows for what the cursor describes; ``context`` has the facts
    of the execution.  ``on_close`` is called once: when the rows have been read, when the
    result is closed, or when nobody has a use for it any more.

    >>> import sqlite3
    >>> cursor = sqlite3.connect(":memory:").execute("select 1 as id, 'ada' as name")
    >>> CursorResult(None, cursor, Shapes()).one().name
    'ada'
    """

    __slots__ = ("_description", "_raw", "_rowcount", "_shapes", "connection", "context")

    _rowcount: int | None

    def __init__(
        self,
        connection: ResultOwner | None,
        cursor: Any,
        shapes: Shapes | RowShape,
        *,
        context: Any = None,
        on_close: Callable[[], object] | None = None,
    ) -> None:
        self.connection = connection
        self.context = context
        self._source = self._raw = cursor
        self._shapes = shapes
        self._shape_of = self._reader = self._unique = self._yield_per = self._rowcount = None
        self._on_end = None if on_close is None else Once(on_close)
        # Read now, since closing the cursor may lose it; what it means is looked up when the
        # first row is there.
        description = self._description = cursor.description
        if description is None:
            self._without_rows()

    def _without_rows(self) -> None:
        # Some drivers forget the count with the cursor.
        self._rowcount = self._raw.rowcount
        self._end(NO_ROWS)

    @property
    def on_close(self) -> Callable[[], object] | None:
        """What is called, once, when the rows have been read or the result is closed."""
        return self._on_end

    @on_close.setter
    def on_close(self, called: Callable[[], object]) -> None:
        """Have it called when the result ends; at once, if it has ended."""
        self._on_end = Once(called)
        if self._soft_closed:
            self._on_end()

    # -- the rows -----------------------------------------------------------------------

    @property
    def _shape(self) -> RowShape:
        shape = self._shape_of
        if shape is None:
            if self._description is None:
                NO_ROWS.refuse()
            shape = self._shape_of = self._shapes.find(self._description)
        return shape

    def _read(self) -> Reader:
        reader = self._reader
        if reader is None:
            shape = self._shape_of
            if shape is None and self._description is not None:
                # As _shape does, one call shorter: this is on the way to every first row.
                shape = self._shape_of = self._shapes.find(self._description)
            reader = self._reader = (shape or self._shape).rows
        return reader

    def _finished_shape(self) -> RowShape:
        # Results of statements without rows can be merged, for their counts.
        return self._shape.finished() if self.returns_rows else plain_shape(())

    def _failed(self, error: BaseException) -> NoReturn:
        if self.connection is None or self._soft_closed:
            raise error
        self.connection._fetch_failed(error, self._raw, self.context)

    @property
    def cursor(self) -> DBAPICursor | None:
        """The driver's cursor; None once it is closed."""
        return None if self._soft_closed else self._raw

    @property
    def returns_rows(self) -> bool:
        """Whether the statement returns rows, be it none at all."""
        return self._description is not None

    # -- what the statement has done ------------------------------------------------------

    @property
    def rowcount(self) -> int:
        """The number of rows that the statement matched, as the driver counts; -1: unknown."""
        count = self._rowcount
        if count is None:
            count = self._rowcount = self._raw.rowcount
        return count

    @property
    def lastrowid(self) -> Any:
        """What the driver says is the key of the last inserted row."""
        return getattr(self._raw, "lastrowid", None)


class Once:
    """Calls a function once: when it is called itself, or else when it is forgotten."""

    __slots__ = ("_called",)

    def __init__(self, called: Callable[[], object]) -> None:
        self._called: Callable[[], object] | None = called

    def __call__(self) -> None:
        called, self._called = self._called, None
        if called is not None:
            called()

    def __del__(self) -> None:
        self()
