"""Results: rows to be fetched, from a database or from anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, Literal, NoReturn, TypeVar, overload

from toolkit_core.engine.fetch import (
    CHUNK,
    CLOSED,
    CLOSED_NO_ROWS,
    EXHAUSTED,
    NO_ROWS,
    Buffer,
    Chunks,
    Ended,
    Rows,
    Source,
    read_on,
)
from toolkit_core.engine.fetching import (
    NOTHING,
    ONE,
    ONE_OR_NONE,
    Fetching,
    no_result,
    refuse_streamed,
)
from toolkit_core.engine.result_filters import MappingResult, ScalarResult, TupleResult
from toolkit_core.engine.row import Row
from toolkit_core.engine.row_mapping import RMKeyView
from toolkit_core.engine.row_shape import RowShape, plain_shape
from toolkit_core.errors import warn_deprecated
from toolkit_core.lazy_module import lazy_module
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    import logging

    from toolkit_core.engine import result_arrow
    from toolkit_core.engine.row_reader import Reader
else:
    logging = lazy_module("logging")
    result_arrow = lazy_module("toolkit_core.engine.result_arrow")

T = TypeVar("T")


class Result(Fetching[Row[Unpack[Ts]]], Generic[Unpack[Ts]]):
    """Rows to be fetched.

    >>> result = IteratorResult(["id", "name"], iter([(1, "ada"), (2, "bob")]))
    >>> [row.name for row in result]
    ['ada', 'bob']
    """

    __slots__ = (
        "__weakref__",
        "_on_end",
        "_reader",
        "_shape_of",
        "_source",
        "_yield_per",
    )

    _on_end: Callable[[], object] | None
    _shape_of: RowShape | None
    _source: Source
    _reader: Reader | None
    _yield_per: int | None

    @property
    def _feed(self) -> Result:
        return self

    # -- columns ------------------------------------------------------------------------

    @property
    def _shape(self) -> RowShape:
        """The shape of the rows; it may have to be worked out, so it is read late."""
        assert self._shape_of is not None  # noqa: S101 - for the type checker
        return self._shape_of

    def _read(self) -> Reader:
        reader = self._reader
        if reader is None:
            reader = self._reader = self._shape.rows
        return reader

    def keys(self) -> RMKeyView:
        """Return a view of the names of the columns.

        >>> list(IteratorResult(["id", "name"], []).keys())
        ['id', 'name']
        """
        return RMKeyView(self._shape)

    def columns(self, *col_expressions: Any) -> Self:
        """Limit the rows to some columns, in this order: by number, name or column object.

        It changes the result itself, and returns it.
        """
        shape = self._shape
        self._shape_of = shape.only(tuple(map(shape.picked, col_expressions)))
        self._reader = None
        return self

    # -- other forms --------------------------------------------------------------------

    @overload
    def scalars(self: Result[T, Unpack[tuple[Any, ...]]]) -> ScalarResult[T]: ...
    @overload
    def scalars(self: Result[T, Unpack[tuple[Any, ...]]], index: Literal[0]) -> ScalarResult[T]: ...
    @overload
    def scalars(self, index: Any = 0) -> ScalarResult[Any]: ...
    def scalars(self, index: Any = 0) -> ScalarResult[Any]:
        """Return a view that gives the values of one column in place of rows."""
        return ScalarResult(self, index)

    def mappings(self) -> MappingResult:
        """Return a view that gives mappings in place of rows."""
        return MappingResult(self)

    def into(
        self, cls: type[T], *, extra: Literal["refuse", "ignore"] = "refuse"
    ) -> ScalarResult[T]:
        """Return a view that gives objects of a class of yours in place of rows.

        ``cls`` is a dataclass, a TypedDict, a NamedTuple, or a class made with attrs, msgspec
        or pydantic.  At once, before the first row, its fields are checked against the names
        of the columns: a required field needs a column, and a column needs a field unless
        ``extra`` is ``"ignore"``.

        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class User:
        ...     id: int
        ...     name: str
        ...     admin: bool = False
        >>> IteratorResult(["name", "id"], iter([("ada", 1)])).into(User).one()
        User(id=1, name='ada', admin=False)
        """
        return ScalarResult._reading(self, self._shape.into(cls, extra))

    def arrow(self, schema: Any = None) -> Any:
        """Return all remaining rows as an Arrow table.

        A ``pyarrow.Table`` where pyarrow is installed, else the array stream of nanoarrow;
        either can be handed to polars, pandas, duckdb and others as it is, since it has
        ``__arrow_c_stream__``.  Types are inferred from the values, unless a ``schema`` of
        pyarrow says them.
        """
        return result_arrow.arrow_table(self, schema)

    def arrow_batches(self, size: int = 10_000, schema: Any = None) -> Any:
        """Return a ``pyarrow.RecordBatchReader`` that fetches ``size`` rows at a time.

        Types are inferred from the first batch, unless a ``schema`` says them.
        """
        return result_arrow.arrow_batches(self, size, schema)

    def tuples(self) -> TupleResult[tuple[Unpack[Ts]]]:
        """Return the result itself: its rows are tuples."""
        _deprecated("Result.tuples() method")
        return self  # type: ignore[return-value]

    @property
    def t(self) -> TupleResult[tuple[Unpack[Ts]]]:
        """The result itself: its rows are tuples."""
        _deprecated("Result.t method")
        return self  # type: ignore[return-value]

    # -- fetching -----------------------------------------------------------------------

    def fetchone(self) -> Row[Unpack[Ts]] | None:
        """Return the next row, or None at the end."""
        row = self._next()
        return None if row is NOTHING else row

    def all(self) -> Sequence[Row[Unpack[Ts]]]:
        """Return all remaining rows as a list; the result is exhausted afterwards."""
        # The same as for any view, with fewer calls: most statements are read like this.
        if self._unique is not None:
            return super().all()
        rows = self._read_all((self._reader or self._read()).many)
        self._end(EXHAUSTED)
        return rows

    def first(self) -> Row[Unpack[Ts]] | None:
        """Return the first row, or None if there is none, and close the result."""
        if self._unique is not None:
            return super().first()
        try:
            raw = self._source.fetchone()
        except BaseException as error:  # noqa: BLE001 - the engine decides and raises
            self._failed(error)
        if raw is None and self._at_end():
            self._end_with_one()
            return None
        row = (self._reader or self._read()).alone(raw)
        self._end(CLOSED)
        return row  # type: ignore[no-any-return]

    def scalar(self: Result[T, Unpack[tuple[Any, ...]]]) -> T | None:
        """Return the first column of the first row, or None, and close the result."""
        if self._unique is not None:
            row = self.first()
            return None if row is None else row[0]
        try:
            raw = self._source.fetchone()
        except BaseException as error:  # noqa: BLE001 - the engine decides and raises
            self._failed(error)
        if raw is None and self._at_end():
            self._end_with_one()
            return None
        value = (self._shape_of or self._shape).first_column.alone(raw)
        self._end(CLOSED)
        return value  # type: ignore[no-any-return]

    def scalar_one(self: Result[T, Unpack[tuple[Any, ...]]]) -> T:
        """Return the only row's first column; raise where there are no rows, or several."""
        value = self._only_scalar(ONE)
        if value is NOTHING:
            raise no_result()
        return value  # type: ignore[no-any-return]

    def scalar_one_or_none(self: Result[T, Unpack[tuple[Any, ...]]]) -> T | None:
        """Return the only row's first column, or None; raise where there are several rows."""
        value = self._only_scalar(ONE_OR_NONE)
        return None if value is NOTHING else value

    def _only_scalar(self, message: str) -> Any:
        if self._unique is None:
            return self._only(self._shape.first_column, message)
        row = self._only(self._read(), message)
        return row if row is NOTHING else row[0]

    def yield_per(self, num: int) -> Self:
        """Fetch so many rows at a time from the database, and hold no more of them.

        It changes the result itself, and returns it.
        """
        self._yield_per = num
        source = self._source
        if hasattr(source, "yield_per"):
            self._source = source.yield_per(num)
            if self._unique is not None:
                refuse_streamed(self._source)
        elif not isinstance(source, Ended) and num > 0:
            self._source = Buffer(source, size=num, limit=num)
        return self

    # -- keeping and joining ------------------------------------------------------------

    def freeze(self) -> FrozenResult[Unpack[Ts]]:
        """Read all rows and return a function that makes a result of them, each time anew.

        >>> frozen = IteratorResult(["id"], iter([(1,), (2,)])).freeze()
        >>> frozen().all() == frozen().all() == [(1,), (2,)]
        True
        """
        return FrozenResult(self)

    def merge(self, *others: Result) -> MergedResult:
        """Return a result that has the rows of this one, then those of the others.

        >>> first, second = (IteratorResult(["id"], iter([(n,)])) for n in (1, 2))
        >>> first.merge(second).scalars().all()
        [1, 2]
        """
        return MergedResult(self._finished_shape(), (self, *others))

    # -- what the fetching methods ask for ------------------------------------------------

    def _fetch_raw(self, size: int | None) -> Any:
        try:
            return self._source.fetchmany() if size is None else self._source.fetchmany(size)
        except BaseException as error:  # noqa: BLE001 - the engine decides and raises
            self._failed(error)

    def _read_all(self, many: Callable[[Any], list[Any]]) -> list[Any]:
        raw = self._fetch_raw(CHUNK)
        rows = many(raw)
        # PEP 249: fewer rows than asked for are the last ones.
        return rows if len(raw) < CHUNK else read_on(rows, self._fetch_raw, many)

    def _finished_shape(self) -> RowShape:
        """Return the shape of this result's rows, as rows of another result."""
        return self._shape.finished()

    def _at_end(self) -> bool:
        """Tell whether None in place of a raw row was the end; it may be a value."""
        return True

    def _failed(self, error: BaseException) -> NoReturn:
        """Raise an error that fetching met."""
        raise error

    def _close_interrupted(self, error: BaseException) -> None:
        """Deal with an interruption, of a thread or a task, that came while closing."""

    # -- the end ------------------------------------------------------------------------

    def _end(self, ended: Ended) -> None:
        """Release what the rows come from."""
        source = self._source
        if source.__class__ is Ended:
            self._source = _ended_twice(source, ended)
            return
        self._source = ended
        try:
            source.close()
        except Exception:  # noqa: BLE001 - the engine decides and raises
            # The rows are here; that the cursor did not close well must not take them away.
            logging.getLogger("toolkit.engine.result").exception("closing a cursor failed")
        except BaseException as interrupted:
            self._close_interrupted(interrupted)
            raise
        if self._on_end is not None:
            self._on_end()

    def _end_with_one(self) -> None:
        """Close after a method that reads one row; what had been read to its end stays so."""
        self._end(EXHAUSTED if self._source.__class__ is Ended else CLOSED)

    def _is_closed(self) -> bool:
        source = self._source
        return isinstance(source, Ended) and source.closed

    @property
    def _soft_closed(self) -> bool:
        return isinstance(self._source, Ended)


class IteratorResult(Result[Unpack[Ts]]):
    """A result whose rows come from an iterator.

    ``cursor_metadata`` is the shape of the rows, or simply the names of the columns.  When
    the result ends, so does ``raw``.

    >>> IteratorResult(["id", "name"], iter([(1, "ada")])).one().name
    'ada'
    """

    __slots__ = ("context", "raw")

    def __init__(
        self,
        cursor_metadata: RowShape | Sequence[str],
        iterator: Iterable[Any],
        raw: Result | None = None,
        _source_supports_scalars: bool = False,
        context: Any = None,
    ) -> None:
        self._begin(cursor_metadata, Rows(iterator), scalars=_source_supports_scalars)
        self.raw = raw
        self.context = context

    def _begin(self, shape: RowShape | Sequence[str], source: Rows, *, scalars: bool) -> None:
        if not isinstance(shape, RowShape):
            shape = plain_shape(tuple(shape))
        self._shape_of = shape.given_scalars() if scalars else shape
        self._source = source
        self._reader = self._unique = self._yield_per = self._on_end = None

    def yield_per(self, num: int) -> Self:
        """Take so many rows at a time, where nothing else is said.

        It changes the result itself, and returns it.
        """
        self._yield_per = num
        if isinstance(self._source, Chunks):
            self._source.yield_per(num)
        return self

    def _read_all(self, many: Callable[[Any], list[Any]]) -> list[Any]:
        return many(self._source.fetchall())

    def _at_end(self) -> bool:
        return not isinstance(self._source, Rows) or self._source.ended

    def _end(self, ended: Ended) -> None:
        super()._end(ended)
        if self.raw is not None:
            self.raw._end(ended)


class ChunkedIteratorResult(IteratorResult[Unpack[Ts]]):
    """A result whose rows come in lists.

    ``chunks`` is called with the size that the lists should have, or None, and returns an
    iterator of lists; called again it continues with another size.  With
    ``dynamic_yield_per`` that happens for each ``fetchmany``.

    >>> numbers = iter(range(10))
    >>> def chunks(size):
    ...     while rows := [(n,) for _, n in zip(range(size or 4), numbers)]:
    ...         yield rows
    >>> result = ChunkedIteratorResult(["n"], chunks)
    >>> result.yield_per(3).scalars().fetchmany()
    [0, 1, 2]
    """

    __slots__ = ()

    def __init__(
        self,
        cursor_metadata: RowShape | Sequence[str],
        chunks: Callable[[int | None], Iterable[Sequence[Any]]],
        source_supports_scalars: bool = False,
        raw: Result | None = None,
        dynamic_yield_per: bool = False,
        context: Any = None,
    ) -> None:
        source = Chunks(chunks, follows=dynamic_yield_per)
        self._begin(cursor_metadata, source, scalars=source_supports_scalars)
        self.raw = raw
        self.context = context


class MergedResult(IteratorResult[Unpack[Ts]]):
    """The rows of several results, one result after the other; see :meth:`Result.merge`."""

    __slots__ = ("_results",)

    def __init__(self, cursor_metadata: RowShape, results: Sequence[Result]) -> None:
        super().__init__(cursor_metadata, chain.from_iterable(results))
        self._results = tuple(results)
        if self._results[0]._unique is not None:
            # What counts as seen before is a matter of the whole, with the same strategy.
            self._unique = ({}, self._results[0]._unique[1])
        self._yield_per = self._results[0]._yield_per

    @property
    def rowcount(self) -> int:
        """The number of rows that all the statements matched."""
        return sum(result.rowcount for result in self._results)  # type: ignore[attr-defined]

    def _end(self, ended: Ended) -> None:
        super()._end(ended)
        for result in self._results:
            result._end(ended)


class FrozenResult(Generic[Unpack[Ts]]):
    """The rows of a result, to be had as a result any number of times.

    >>> frozen = IteratorResult(["id"], iter([(1,)])).freeze()
    >>> frozen().one(), frozen().scalar()
    ((1,), 1)
    """

    def __init__(self, result: Result[Unpack[Ts]]) -> None:
        #: The shape of the rows.
        self.metadata = result._finished_shape()
        self.of_scalars = result._shape.of_scalars
        #: The rows.
        self.data: Sequence[Any] = (result.scalars() if self.of_scalars else result).all()

    def __call__(self) -> IteratorResult[Unpack[Ts]]:
        """Return a new result of the rows."""
        return IteratorResult(
            self.metadata, iter(self.data), _source_supports_scalars=self.of_scalars
        )

    def with_new_rows(self, tuple_data: Sequence[Row[Unpack[Ts]]]) -> FrozenResult[Unpack[Ts]]:
        """Return a copy that has other rows.

        >>> frozen = IteratorResult(["id"], iter([(1,)])).freeze()
        >>> frozen.with_new_rows([(2,), (3,)])().scalars().all()
        [2, 3]
        """
        copy: FrozenResult[Unpack[Ts]] = object.__new__(type(self))
        copy.metadata = self.metadata
        copy.of_scalars = self.of_scalars
        if self.of_scalars:
            copy.data = list(map(itemgetter(0), tuple_data))
        else:
            copy.data = tuple_data
        return copy


def null_result() -> IteratorResult:
    """Return a result that has neither columns nor rows.

    >>> null_result().all()
    []
    """
    return IteratorResult((), ())


def result_tuple(
    fields: Sequence[str], extra: Sequence[Sequence[Hashable]] | None = None
) -> Callable[[Iterable[Any]], Row]:
    """Return a function that makes rows with these names.

    ``extra`` are, for each name, further keys that find the column.

    >>> result_tuple(["x", "y"])((1, 2)).y
    2
    """
    if extra is None:
        return plain_shape(tuple(fields)).row
    return RowShape(fields, keys=extra).row


def _ended_twice(was: Source, ended: Ended) -> Ended:
    """Return the state of a result that had ended, and is now closed or read again."""
    if was is NO_ROWS or was is CLOSED_NO_ROWS:
        return CLOSED_NO_ROWS if ended is CLOSED else NO_ROWS
    return CLOSED if was is CLOSED else ended


def _deprecated(what: str) -> None:
    warn_deprecated(
        f"The {what} is deprecated, Row now behaves like a tuple and can unpack types directly.",
        "2.1.0",
    )
