"""Where the rows of a result come from: a driver's cursor, or something that behaves as one.

A result only ever knows a :class:`Source`.  A plain cursor is one; so is a cursor behind a
buffer, a list, an iterator; and so are the states of a result that has nothing more to give,
which is why no fetch needs to ask whether the result is still open.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, NoReturn, Protocol

from toolkit_core.errors import ResourceClosedError

# How many raw rows are turned into rows at a time: few enough to stay in the tuples' free
# lists, so that reading 100,000 rows allocates each row only once.
CHUNK = 500


class Source(Protocol):
    """What a result needs of a cursor."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchmany(self, size: int = ..., /) -> Any:
        """Return the next rows."""

    def fetchall(self) -> Any:
        """Return the remaining rows."""

    def close(self) -> None:
        """Release what is held."""


class Ended:
    """The source of a result that has ended: nothing, or the error that says why."""

    def __init__(self, error: str | None = None, *, closed: bool = False) -> None:
        self.error = error
        self.closed = closed

    def fetchone(self) -> Any:
        """Return None."""
        if self.error:
            self.refuse()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return no rows."""
        return self.fetchall()

    def fetchall(self) -> list[Any]:
        """Return no rows."""
        if self.error:
            self.refuse()
        return []

    def close(self) -> None:
        """Do nothing: it is closed."""

    def refuse(self) -> NoReturn:
        """Say why there are no rows."""
        raise ResourceClosedError(self.error)


_NO_ROWS = "This result object does not return rows. It has been closed automatically."

# Read to its end: "soft closed", as the documentation says.
EXHAUSTED = Ended()
CLOSED = Ended("This result object is closed.", closed=True)
NO_ROWS = Ended(_NO_ROWS)
CLOSED_NO_ROWS = Ended(_NO_ROWS, closed=True)


def read_on(
    rows: list[Any], fetchmany: Callable[[int], Any], many: Callable[[Any], list[Any]]
) -> list[Any]:
    """Read the rest, a chunk at a time, add the rows that ``many`` makes of it, return them.

    The garbage collector runs meanwhile as it does for everybody.  Pausing it here would make
    100,000 rows a fifth faster, and would leave it off for good when two threads do so at once.
    """
    size = CHUNK
    while size >= CHUNK:
        raw = fetchmany(CHUNK)
        size = len(raw)
        rows += many(raw)
    return rows


class Buffer:
    """A cursor whose rows are fetched ahead: a few at first, then more, up to a limit.

    With ``size`` equal to ``limit`` it always holds that many (``yield_per``).

    >>> buffer = Buffer(Rows(range(100)), limit=50)
    >>> [buffer.fetchone() for _ in range(3)], buffer.size
    ([0, 1, 2], 25)
    """

    __slots__ = ("_rows", "cursor", "limit", "size")

    # Five rows, then five times as many: 5, 25, 125, 625, 1000.
    FIRST = 5
    GROWTH = 5
    LIMIT = 1000

    def __init__(self, cursor: Source, *, size: int = FIRST, limit: int = LIMIT) -> None:
        self.cursor = cursor
        self.limit = limit
        self.size = min(size, limit)
        self._rows: deque[Any] = deque()

    @property
    def has_ahead(self) -> bool:
        """Whether the next row is here already."""
        return bool(self._rows)

    def _fill(self) -> None:
        self._rows.extend(self.cursor.fetchmany(self.size))
        self.size = min(self.size * self.GROWTH, self.limit)

    def fetchone(self) -> Any:
        """Return the next row."""
        if not self._rows:
            self._fill()
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows; without a size, as many as the buffer holds."""
        if size is None:
            size = self.limit
        rows = self._taken(size)
        if len(rows) < size:
            rows += self.cursor.fetchmany(size - len(rows))
        return rows

    def _taken(self, size: int) -> list[Any]:
        take = self._rows.popleft
        return [take() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Return the remaining rows."""
        return [*self._taken(len(self._rows)), *self.cursor.fetchall()]

    def close(self) -> None:
        """Close the cursor and forget what was fetched ahead."""
        self._rows.clear()
        self.cursor.close()

    def yield_per(self, size: int) -> Buffer:
        """Hold so many rows from now on, without losing those that are here."""
        self.size = self.limit = size
        return self


class Rows:
    """Rows that are at hand, or that an iterator gives one by one.

    ``close`` is called when the result is closed or has been read.

    >>> Rows([1, 2, 3]).fetchmany(2)
    [1, 2]
    """

    __slots__ = ("_close", "_rows", "ended")

    def __init__(self, rows: Iterable[Any], close: Callable[[], None] | None = None) -> None:
        self._close = close
        self._rows: Iterator[Any] = iter(rows)
        # Where rows are plain values one of them may be None, so None does not say it.
        self.ended = False

    def fetchone(self) -> Any:
        """Return the next row."""
        for row in self._rows:
            return row
        self.ended = True
        return None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows; without a size, all."""
        return list(islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        """Return the remaining rows."""
        return list(self._rows)

    def close(self) -> None:
        """Forget the iterator."""
        self._rows = iter(())
        if self._close is not None:
            close, self._close = self._close, None
            close()


class Chunks(Rows):
    """Rows that come in lists, of a size that may be asked for: ``chunks(size)`` gives them.

    With ``follows`` the size of each ``fetchmany`` is passed on.
    """

    __slots__ = ("_chunks", "_follows")

    def __init__(
        self,
        chunks: Callable[[int | None], Iterable[Iterable[Any]]],
        close: Callable[[], None] | None = None,
        *,
        follows: bool = False,
    ) -> None:
        self._chunks = chunks
        self._follows = follows
        super().__init__(chain.from_iterable(chunks(None)), close)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows."""
        if self._follows and size is not None:
            self.yield_per(size)
        return super().fetchmany(size)

    def yield_per(self, size: int) -> Chunks:
        """Ask for lists of this size from now on."""
        self._rows = chain.from_iterable(self._chunks(size))
        return self
