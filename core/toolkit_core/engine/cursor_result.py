"""The result of a statement: rows from a driver's cursor, and what the statement has done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from os import getpid
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from toolkit_core.engine.execution_facts import UNKNOWN, ExecutionFacts
from toolkit_core.engine.fetch import EXHAUSTED, NO_ROWS, Rows, Source
from toolkit_core.engine.result import Result
from toolkit_core.engine.row_shape import RowShape, Shapes, plain_shape
from toolkit_core.errors import InvalidRequestError
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from toolkit_core.dialect.driver import DBAPICursor
    from toolkit_core.engine.row import Row
    from toolkit_core.engine.row_reader import Reader


class ResultOwner(Protocol):
    """What a result needs of the connection that made it."""

    def _fetch_failed(self, error: BaseException, cursor: Any, context: Any) -> NoReturn:
        """Deal with an error that came out of the driver while fetching, and raise."""


class CursorResult(Result[Unpack[Ts]]):
    """The result of a statement.

    ``connection`` deals with errors of fetching; ``shapes`` lives on the compiled statement
    and gives the shape of the rows for what the cursor describes; ``context`` has the facts
    of the execution.  ``on_close`` is called once: when the rows have been read, when the
    result is closed, or when nobody has a use for it any more.  ``source`` takes the place of
    the cursor where rows are fetched: a :class:`Buffer` around it, or :class:`Rows` that were
    read already.

    >>> import sqlite3
    >>> connection = sqlite3.connect(":memory:")
    >>> cursor = connection.execute("select 1 as id, 'ada' as name")
    >>> CursorResult(None, cursor, Shapes()).one().name
    'ada'
    >>> connection.close()
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
        source: Source | None = None,
    ) -> None:
        self.connection = connection
        self.context = context
        self._raw = cursor
        self._source = cursor if source is None else source
        self._shapes = shapes
        self._shape_of = self._reader = self._unique = self._yield_per = self._rowcount = None
        self._on_end = None if on_close is None else Once(on_close, cursor)
        # Read now, since closing the cursor may lose it; what it means is looked up when the
        # first row is there.
        description = self._description = cursor.description
        if description is None and source is None:
            self._without_rows()

    def _without_rows(self) -> None:
        # Asked now: some drivers forget the count with the cursor.
        count = None if self.context is None else self.context.facts.rowcount
        self._rowcount = self._raw.rowcount if count is None else count
        self._end(NO_ROWS)

    @property
    def on_close(self) -> Callable[[], object] | None:
        """What is called, once, when the rows have been read or the result is closed.

        Set on a result that has ended, it is called at once.
        """
        return self._on_end

    @on_close.setter
    def on_close(self, called: Callable[[], object]) -> None:
        self._on_end = Once(called, self._raw)
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

    def _close_interrupted(self, error: BaseException) -> None:
        # Nobody knows how far the driver got: the connection is not to be used any more.
        if self.connection is not None:
            self.connection._fetch_failed(error, self._raw, self.context)

    def _at_end(self) -> bool:
        # A source of objects may give None in place of one; a cursor never does.
        return getattr(self._source, "ended", True)

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
            count = self._facts.rowcount
            if count is None:
                count = self._raw.rowcount
            self._rowcount = count
        return count

    @property
    def lastrowid(self) -> Any:
        """What the driver says is the key of the last inserted row."""
        known = self._facts.lastrowid
        return getattr(self._raw, "lastrowid", None) if known is None else known

    @property
    def _facts(self) -> ExecutionFacts:
        return UNKNOWN if self.context is None else self.context.facts

    @property
    def is_insert(self) -> bool:
        """Whether the statement is an ``insert()``."""
        return self._facts.is_insert

    @property
    def inserted_primary_key(self) -> Row:
        """The key of the row that a single ``insert()`` has inserted, as a row."""
        facts = self._inserted()
        if facts.executemany:
            raise InvalidRequestError(
                "This statement was an executemany call; if primary key returning is supported, "
                "please use .inserted_primary_key_rows."
            )
        rows = self.inserted_primary_key_rows
        if not rows:
            raise InvalidRequestError("No key is known of the row that was inserted")
        key: Row = rows[0]
        return key

    @property
    def inserted_primary_key_rows(self) -> Sequence[Any]:
        """The keys of the rows that an ``insert()`` has inserted."""
        facts = self._inserted()
        if facts.is_returning:
            raise InvalidRequestError(
                "Can't call inserted_primary_key when returning() is used.",
                hint="the keys are in the rows, if returning() names the columns of the key",
            )
        return facts.inserted_primary_key_rows

    @property
    def returned_defaults(self) -> Row | None:
        """The values that the server has computed, where ``return_defaults()`` asked for them."""
        facts = self._facts
        if facts.executemany:
            raise InvalidRequestError(
                "This statement was an executemany call; if return defaults is supported, "
                "please use .returned_defaults_rows."
            )
        rows = facts.returned_defaults_rows
        return rows[0] if rows else None

    @property
    def returned_defaults_rows(self) -> Sequence[Any] | None:
        """The values that the server has computed, for each row."""
        return self._facts.returned_defaults_rows

    def last_inserted_params(self) -> Any:
        """Return the values that an ``insert()`` sent: a mapping, or a list of them."""
        return _parameters(self._inserted())

    def last_updated_params(self) -> Any:
        """Return the values that an ``update()`` sent: a mapping, or a list of them."""
        facts = self._facts
        return _parameters(self._checked(facts.is_update, "an update()"))

    def lastrow_has_defaults(self) -> bool:
        """Tell whether the server computed values of the last inserted row."""
        return self._facts.lastrow_has_defaults

    def prefetch_cols(self) -> Sequence[Any]:
        """Return the columns whose defaults were computed before the statement was sent."""
        return self._changed().prefetch_cols

    def postfetch_cols(self) -> Sequence[Any]:
        """Return the columns whose values the server has computed."""
        return self._changed().postfetch_cols

    def supports_sane_rowcount(self) -> bool:
        """Tell whether ``rowcount`` counts what was matched."""
        return self._facts.supports_sane_rowcount

    def supports_sane_multi_rowcount(self) -> bool:
        """Tell whether ``rowcount`` counts for several sets of values, too."""
        return self._facts.supports_sane_multi_rowcount

    def _inserted(self) -> ExecutionFacts:
        return self._checked(self._facts.is_insert, "an insert()")

    def _changed(self) -> ExecutionFacts:
        facts = self._facts
        return self._checked(facts.is_insert or facts.is_update, "an insert() or update()")

    def _checked(self, fits: bool, kind: str) -> ExecutionFacts:
        facts = self._facts
        if facts.is_driver_sql:
            raise InvalidRequestError("Statement is not a compiled expression construct.")
        if not fits:
            raise InvalidRequestError(f"Statement is not {kind} expression construct.")
        return facts

    # -- putting results together ---------------------------------------------------------

    def splice_horizontally(self, other: CursorResult) -> Self:
        """Return a result whose rows are those of this one, each followed by the other's.

        Both must have the same number of rows, in the same order.
        """
        shape = self._shape.beside(other._shape)
        mine, theirs = self._take_raw(), other._take_raw()
        if len(mine) != len(theirs):
            raise InvalidRequestError(
                f"Results of {len(mine)} and of {len(theirs)} rows cannot be put side by side"
            )
        return self._with_rows(
            shape, [(*left, *right) for left, right in zip(mine, theirs, strict=True)]
        )

    def splice_vertically(self, other: CursorResult) -> Self:
        """Return a result that has the rows of this one, then those of the other."""
        return self._with_rows(self._shape, [*self._take_raw(), *other._take_raw()])

    def _take_raw(self) -> list[Any]:
        try:
            raw = self._source.fetchall()
        except BaseException as error:  # noqa: BLE001 - the engine decides and raises
            self._failed(error)
        self._end(EXHAUSTED)
        return list(raw)

    def _with_rows(self, shape: RowShape, raw: list[Any]) -> Self:
        spliced = type(self)(
            self.connection, self._raw, shape, context=self.context, source=Rows(raw)
        )
        # The cursor is closed, and may no longer know.
        spliced._description = self._description
        return spliced


def _parameters(facts: ExecutionFacts) -> Any:
    sets = facts.compiled_parameters
    if facts.executemany:
        return list(sets)
    return sets[0] if sets else {}


class Once:
    """Calls a function once: when it is called itself, or else when it is forgotten.

    What a child process forgets of its parent's results is the parent's to end.
    """

    __slots__ = ("_called", "_cursor", "_process")

    def __init__(self, called: Callable[[], object], cursor: Any) -> None:
        self._called: Callable[[], object] | None = called
        self._cursor = cursor
        self._process = getpid()

    def __call__(self) -> None:
        """Call it, the first time."""
        called, self._called = self._called, None
        if called is not None:
            called()

    def __del__(self) -> None:
        if self._called is None or self._process != getpid():
            return
        with suppress(Exception):
            self._cursor.close()  # SQLite commits only when no statement is in progress
        self()
