"""Fetching, written once: for results, and for the views that show them in another form."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.engine.fetch import CLOSED, EXHAUSTED
from toolkit_core.errors import InvalidRequestError, MultipleResultsFound, NoResultFound
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from types import TracebackType

    from toolkit_core.engine.result import Result
    from toolkit_core.engine.row_reader import Reader

T = TypeVar("T")

# What has been seen, and what of a row is compared; None is the row itself.  Rows are held by what
# is compared of them: the identity of an object that is no more may be another's.
Unique = tuple[dict[Any, Any], Callable[[Any], Hashable] | None]

ONE = "Multiple rows were found when exactly one was required"
ONE_OR_NONE = "Multiple rows were found when one or none was required"

# In place of a value where there is none: None may be one.
NOTHING: Any = object()


def no_result() -> NoResultFound:
    """Say that there is no row."""
    return NoResultFound("No row was found when one was required")


class Fetching(Generic[T]):
    """All ways of fetching.

    A class says what it fetches from (``_feed``) and what it makes of raw rows (``_reader``).
    """

    __slots__ = ("_unique",)

    _unique: Unique | None

    @property
    def _feed(self) -> Result:
        raise NotImplementedError

    def _read(self) -> Reader:
        """Return the reader of raw rows."""
        raise NotImplementedError

    # -- everything ---------------------------------------------------------------------

    def all(self) -> Sequence[T]:
        """Return all remaining values as a list.

        Afterwards the result is exhausted: fetching again returns nothing.
        """
        feed, reader = self._feed, self._read()
        if self._unique is None:
            rows = feed._read_all(reader.many)
        else:
            rows = self._distinct(reader, feed._read_all(reader.compared))
            if reader.shown is not None:
                rows = reader.shown(rows)
        feed._end(EXHAUSTED)
        return rows

    def fetchall(self) -> Sequence[T]:
        """Return all remaining values; the same as :meth:`all`."""
        return self.all()

    def __iter__(self) -> Iterator[T]:
        # Asked for at once: a result without rows refuses here, not at the first row.
        reader = self._read()
        return self._iterate(reader)

    def _iterate(self, reader: Reader) -> Iterator[T]:
        feed, one = self._feed, reader.one
        if self._unique is not None:
            while rows := self._fetch_distinct(1):
                yield rows[0]
            feed._end(EXHAUSTED)
            return
        while True:
            try:
                raw = feed._source.fetchone()
            except BaseException as error:  # noqa: BLE001 - the engine decides and raises
                feed._failed(error)
            if raw is None and feed._at_end():
                break
            yield one(raw)
        feed._end(EXHAUSTED)

    def __next__(self) -> T:
        row = self._next()
        if row is NOTHING:
            raise StopIteration
        return row  # type: ignore[no-any-return]

    # -- some ---------------------------------------------------------------------------

    def fetchmany(self, size: int | None = None) -> Sequence[T]:
        """Return the next values, at most ``size``; an empty list at the end."""
        if size is None:
            size = self._feed._yield_per
        rows = self._fetch(size) if self._unique is None else self._fetch_distinct(size)
        if not rows:
            self._feed._end(EXHAUSTED)
        return rows

    def partitions(self, size: int | None = None) -> Iterator[Sequence[T]]:
        """Yield lists of ``size`` values, the last one maybe shorter.

        Without a size the one given to :meth:`yield_per` counts.
        """
        while rows := self.fetchmany(size):
            yield rows

    def _fetch(self, size: int | None) -> list[T]:
        reader = self._read()
        return reader.many(self._feed._fetch_raw(size))

    def _fetch_distinct(self, size: int | None) -> list[T]:
        """Fetch until so many new values have been found, or there are no more."""
        feed, reader = self._feed, self._read()
        rows: list[Any] = []
        while True:
            raw = feed._fetch_raw(None if size is None else size - len(rows))
            rows += self._distinct(reader, reader.compared(raw))
            if not raw or (bool(rows) if size is None else len(rows) >= size):
                return rows if reader.shown is None else reader.shown(rows)

    # -- one ----------------------------------------------------------------------------

    def first(self) -> T | None:
        """Return the first value, or None if there is none, and close the result."""
        row = self._next(last=True)
        return None if row is NOTHING else row

    def one(self) -> T:
        """Return the only value; raise where there are none or several.

        Raises NoResultFound or MultipleResultsFound.
        """
        row = self._only(self._read(), ONE)
        if row is NOTHING:
            raise no_result()
        return row  # type: ignore[no-any-return]

    def one_or_none(self) -> T | None:
        """Return the only value, or None if there is none; raise where there are several."""
        row = self._only(self._read(), ONE_OR_NONE)
        return None if row is NOTHING else row

    def _next(self, *, last: bool = False) -> Any:
        """Return the next value, or NOTHING."""
        feed, reader = self._feed, self._read()
        row = NOTHING
        if self._unique is not None:
            rows = self._fetch_distinct(1)
            if rows:
                row = rows[0]
        else:
            try:
                raw = feed._source.fetchone()
            except BaseException as error:  # noqa: BLE001 - the engine decides and raises
                feed._failed(error)
            if raw is not None or not feed._at_end():
                row = reader.alone(raw) if last else reader.one(raw)
        if last:
            feed._end_with_one()
        elif row is NOTHING:
            feed._end(EXHAUSTED)
        return row

    def _only(self, reader: Reader, message: str) -> Any:
        """Return the only value or NOTHING, and close the result."""
        feed = self._feed
        if self._unique is None:
            raw = feed._fetch_raw(2)
            if len(raw) == 1:
                row = reader.one(raw[0])
                feed._end(CLOSED)
                return row
            several, rows = bool(raw), []
        else:
            rows = self._fetch_distinct(2)
            several = len(rows) > 1
        feed._end_with_one()
        if several:
            raise MultipleResultsFound(message)
        return rows[0] if rows else NOTHING

    # -- duplicates ---------------------------------------------------------------------

    def unique(self, strategy: Callable[[Any], Hashable] | None = None) -> Self:
        """Filter out duplicates: values that are equal, or of which ``strategy`` is.

        It changes the result itself, and returns it.
        """
        refuse_streamed(self._feed._source)
        self._unique = ({}, strategy)
        return self

    def _distinct(self, reader: Reader, rows: list[Any]) -> list[Any]:
        """Return those rows that were not seen before."""
        assert self._unique is not None  # noqa: S101 - for the type checker
        seen, strategy = self._unique
        strategy = strategy or reader.key
        new = []
        for row in rows:
            key = row if strategy is None else strategy(row)
            if key not in seen:
                seen[key] = row
                new.append(row)
        return new

    # -- the end ------------------------------------------------------------------------

    def close(self) -> None:
        """Close the result; fetching from it raises ResourceClosedError from now on."""
        self._feed._end(CLOSED)

    @property
    def closed(self) -> bool:
        """Whether :meth:`close` was called; a result that was merely read is not closed."""
        return self._feed._is_closed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        type_: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def refuse_streamed(source: Any) -> None:
    """Refuse to filter duplicates of objects that nobody holds: another may be taken for one."""
    if getattr(source, "is_streamed", False):
        raise InvalidRequestError(
            "Can't use the ORM yield_per feature in conjunction with unique()",
            hint="selectinload() in place of joinedload() needs no unique()",
        )
