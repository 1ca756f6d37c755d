"""Rows on their way from the server, and what becomes of them when another statement is sent.

The protocol knows one conversation: until the rows of a result are off the line, nothing else
can go over it.  Of what a result has left, PyMySQL throws away the rest and mysqlclient refuses
the other statement.  Here the rest waits with the result's cursor, so that no row is ever lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Any, ClassVar
from weakref import ref

_LOST = (
    "The rest of these rows was still on its way when the transaction was rolled back; "
    "read them before the rollback, or without stream_results"
)


class AfterStream:
    """Makes the next cursor of a connection, when the rows of the stream before are off the line.

    It stands for ``connection.cursorclass``, which both drivers call, and where all statements
    come by, those included that are nobody's but the driver's.  It is put back at once, so that
    only a connection that streams pays for it.
    """

    def __init__(self, stream: Any, usual: Any) -> None:
        self._stream = ref(stream)
        self._usual = usual

    def __call__(self, connection: Any) -> Any:
        """Return a cursor."""
        self.keep_rest(connection)
        return self._usual(connection)

    def keep_rest(self, connection: Any) -> None:
        """Have the rows wait that are on their way."""
        connection.cursorclass = self._usual
        stream = self._stream()
        if stream is not None:
            stream.keep_rest()

    def give_up_rest(self, connection: Any) -> None:
        """Take off the line what nobody will read."""
        connection.cursorclass = self._usual
        stream = self._stream()
        if stream is not None:
            stream.give_up_rest()

    def is_running(self) -> bool:
        """Tell whether rows are, or are about to be, on their way."""
        stream = self._stream()
        return stream is not None and stream.waiting is None and stream.connection is not None


def stream_through(connection: Any, unbuffered: Any, error: Any) -> Any:
    """Return a cursor of the driver's unbuffered kind; its rows wait if others need the line."""
    keep_rest(connection)
    cursor = streaming_class(unbuffered, error)(connection)
    connection.cursorclass = AfterStream(cursor, connection.cursorclass)
    return cursor


def keep_rest(connection: Any) -> None:
    """Have the rows wait that are on their way to a connection."""
    after = connection.cursorclass
    if after.__class__ is AfterStream:
        after.keep_rest(connection)


def give_up_rest(connection: Any) -> None:
    """Take the rows off the line that nobody will read; who asks for them is told."""
    after = connection.cursorclass
    if after.__class__ is AfterStream:
        after.give_up_rest(connection)


def is_streaming(connection: Any) -> bool:
    """Tell whether rows are, or are about to be, on their way."""
    after = connection.cursorclass
    return after.__class__ is AfterStream and after.is_running()


class StreamedCursor:
    """What the driver's class of unbuffered cursors gets: a place where rows can wait."""

    # The driver's class, and the error that it has for what cannot be done.
    driver: ClassVar[Any]
    error: ClassVar[Any]
    connection: Any
    arraysize: int

    waiting: deque[Any] | None = None
    _failure: Exception | None = None
    _is_sent = False

    def execute(self, *arguments: Any) -> Any:
        """Send the statement; what comes next on this connection has the rest wait."""
        connection = self.connection
        keep_rest(connection)
        told = self.driver.execute(self, *arguments)
        self._is_sent = True
        connection.cursorclass = AfterStream(self, connection.cursorclass)
        return told

    def keep_rest(self) -> None:
        """Read what is left, to give it when it is asked for."""
        if self._is_on_the_line():
            waiting: deque[Any] = deque()
            try:
                waiting.extend(self.driver.fetchall(self))
            except Exception as failure:  # noqa: BLE001 - for who asks for the rows
                self._failure = failure
            # Not later, when it would take off the line what is another's.
            with suppress(Exception):
                self.close()
            self.waiting = waiting

    def give_up_rest(self) -> None:
        """Read what is left and forget it: the protocol has no other way to be rid of it."""
        if self._is_on_the_line():
            if self.driver.fetchone(self) is not None:
                self._failure = self.error(_LOST)
            self.close()
            self.waiting = deque()

    def _is_on_the_line(self) -> bool:
        return self._is_sent and self.waiting is None and self.connection is not None

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        if self.waiting is None:
            return self.driver.fetchone(self)
        return next(iter(self.fetchmany(1)), None)

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Return the next rows."""
        waiting = self.waiting
        if waiting is None:
            return self.driver.fetchmany(self, size)  # type: ignore[no-any-return]
        if not waiting and self._failure is not None:
            raise self._failure
        return [waiting.popleft() for _ in range(min(size or self.arraysize, len(waiting)))]

    def fetchall(self) -> Sequence[Any]:
        """Return all rows that are left."""
        if self.waiting is None:
            return self.driver.fetchall(self)  # type: ignore[no-any-return]
        return self.fetchmany(max(1, len(self.waiting)))

    def close(self) -> None:
        """Take the rest off the line, if it is there, and let go of the connection."""
        self.driver.close(self)


@cache
def streaming_class(unbuffered: Any, error: Any) -> Any:
    """Return the driver's class of unbuffered cursors as it is needed here."""
    members = {"driver": unbuffered, "error": error}
    return type("SSCursor", (StreamedCursor, unbuffered), members)
