"""The thread of an ``aiosqlite`` connection: what it is given to do, and what it answers.

``aiosqlite`` takes one way to the thread for each method.  Here one way does all that a statement
is about; the answer is given to an event loop only if that is still there, so that a statement
whose task was cancelled harms nobody; and the connection is closed by its own thread in any case.
That is what the queue and the thread behind the connection's methods are for, so the versions of
``aiosqlite`` that have them are named in our requirements.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

T = TypeVar("T")

# The cursors of each connection that have not been read to their end: while there is one, SQLite
# puts off closing the connection, and a transaction of it goes on to lock the database.
_reading: WeakKeyDictionary[Any, WeakSet[sqlite3.Cursor]] = WeakKeyDictionary()


async def start(connection: Any) -> None:
    """Have a new connection opened by its thread, which does not keep the program from ending."""
    connection._thread.daemon = True
    connection._thread.start()

    def connect() -> None:
        connection._connection = connection._connector()

    try:
        await _asked(connection, connect)
    except BaseException:
        stop(connection)
        raise


def ask(connection: Any, function: Callable[..., T], *args: Any) -> asyncio.Future[T]:
    """Have the thread call a function with the connection of ``sqlite3``, and then ``args``."""
    sync = connection._connection
    if sync is None or not connection._running:
        raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
    return _asked(connection, _unless_stopped, connection, function, sync, *args)


def _unless_stopped(connection: Any, function: Callable[..., T], *args: Any) -> T:
    if not connection._running:
        # It was stopped before this came to its turn: the interruption has found nothing to stop.
        raise sqlite3.OperationalError("interrupted")
    return function(*args)


def tell(connection: Any, function: Callable[[], Any]) -> None:
    """Have the thread call a function, whatever comes of it; unless it is closed."""
    if connection._running:
        connection._tx.put_nowait((None, function))


def ask_to_read(connection: Any, sql: str, parameters: Any) -> asyncio.Future[sqlite3.Cursor]:
    """Have the thread execute a statement whose rows are read later."""

    def execute(opened: sqlite3.Connection) -> sqlite3.Cursor:
        cursor = opened.execute(sql, parameters)
        _reading.setdefault(connection, WeakSet()).add(cursor)
        return cursor

    return ask(connection, execute)


def stop(connection: Any) -> None:
    """Interrupt what the thread is doing, and have it close the connection and end."""
    if not connection._running:
        return
    connection._running = False
    running = connection._connection
    if running is not None:
        with suppress(sqlite3.Error):
            running.interrupt()
    connection._tx.put_nowait((None, _closer(connection)))


async def close(connection: Any) -> None:
    """Have the thread close the connection, and wait for that."""
    if not connection._running:
        return
    connection._running = False
    await _asked(connection, _closer(connection))


def _closer(connection: Any) -> Callable[[], object]:
    def close_and_end() -> object:
        opened, connection._connection = connection._connection, None
        for cursor in list(_reading.pop(connection, ())):
            with suppress(sqlite3.Error):
                cursor.close()
        if opened is not None:
            with suppress(sqlite3.Error):
                opened.close()
        # What ends the thread's loop.
        return sys.modules["aiosqlite.core"]._STOP_RUNNING_SENTINEL

    return close_and_end


def _asked(connection: Any, function: Callable[..., T], *args: Any) -> asyncio.Future[T]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> object:
        try:
            given = function(*args)
        except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
            _answer(loop, _fail, future, error)
            return None
        _answer(loop, _succeed, future, given)
        return given

    connection._tx.put_nowait((None, work))
    return future


def _answer(loop: asyncio.AbstractEventLoop, how: Callable[..., None], *values: Any) -> None:
    with suppress(RuntimeError):  # the event loop has ended: nobody waits any more
        loop.call_soon_threadsafe(how, *values)


def _succeed(future: asyncio.Future[Any], given: Any) -> None:
    if not future.done():
        future.set_result(given)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
