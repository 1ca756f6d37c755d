"""One place in a pool: the record that outlives the DBAPI connections it holds in turn."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from os import getpid
from types import CodeType

from toolkit_core.pool.state import UNCOUNTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.pool.pool import Pool


class ManagesConnection:
    """What manages a DBAPI connection: the proxy that is handed out, and the pool's record."""

    __slots__ = ()

    if TYPE_CHECKING:
        # The connection as PEP 249 sees it; None when it was invalidated or closed.
        dbapi_connection: Any

        @property
        def driver_connection(self) -> Any:
            """The driver's own connection: differs for asynchronous drivers."""

        @property
        def info(self) -> dict[Any, Any]:
            """A dictionary for the user, that lives as long as the DBAPI connection."""

        @property
        def record_info(self) -> dict[Any, Any] | None:
            """A dictionary for the user, that lives as long as the pool's record."""

    def invalidate(self, e: BaseException | None = None, soft: bool = False) -> None:
        """Mark the connection as unusable: it is closed, or with ``soft`` replaced later."""
        raise NotImplementedError


class ConnectionPoolEntry(ManagesConnection):
    """A pool's record of one connection: what events get as ``connection_record``.

    >>> import sqlite3
    >>> from toolkit_core.pool import QueuePool
    >>> pool = QueuePool(lambda: sqlite3.connect(":memory:"))
    >>> proxied = pool.connect()
    >>> entry = proxied.entry
    >>> entry.in_use, entry.dbapi_connection is proxied.dbapi_connection
    (True, True)
    >>> proxied.close()
    >>> entry.in_use
    False
    """

    __slots__ = (
        "__weakref__",
        "_info",
        "_record_info",
        "checked_out_at",
        "code",
        "connected_at",
        "dbapi_connection",
        "generation",
        "in_use",
        "instruction",
        "last_statement",
        "pool",
        "process",
        "returned_at",
        "soft_invalidated",
        "state",
        "task",
        "thread",
    )

    def __init__(self, pool: Pool, state: Any = UNCOUNTED) -> None:
        self.pool = pool
        # Where it is counted: a PoolState, or nowhere.
        self.state = state
        self.dbapi_connection: Any = None
        # The pool's generation when this connection was made.  None: it has to be looked at
        # before it is handed out, because it is missing or was softly invalidated.
        self.generation: object | None = None
        self.soft_invalidated = False
        self.in_use = False
        # Whose the connection is: a child of it may not speak on it.
        self.process = 0
        self.connected_at = 0.0
        self.returned_at = 0.0
        self.last_statement: str | None = None
        # Who has it: where the pool was called, and when, as raw as it is cheapest.
        self.code: CodeType | None = None
        self.instruction = 0
        self.thread: int | str = 0
        self.task: str | None = None
        self.checked_out_at = 0.0
        self._info: dict[Any, Any] | None = None
        self._record_info: dict[Any, Any] | None = None

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary for the user, that lives as long as the DBAPI connection."""
        if self._info is None:
            self._info = {}
        return self._info

    @property
    def record_info(self) -> dict[Any, Any]:
        """A dictionary for the user, that stays when the DBAPI connection is replaced."""
        if self._record_info is None:
            self._record_info = {}
        return self._record_info

    @property
    def driver_connection(self) -> Any:
        """The driver's own connection: differs for asynchronous drivers."""
        if self.dbapi_connection is None:
            return None
        return self.pool.driver_connection(self.dbapi_connection)

    def invalidate(self, e: BaseException | None = None, soft: bool = False) -> None:
        """Close the connection now, or with ``soft`` when it is next to be handed out.

        The record stays in the pool, and connects anew when it is wanted.
        """
        conn = self.dbapi_connection
        if conn is None:
            return
        pool = self.pool
        reason = "" if e is None else f" (reason: {type(e).__name__}:{e})"
        if soft:
            for listener in pool.dispatch.soft_invalidate:
                listener(conn, self, e)
            pool.log.info("Soft Invalidate connection %r%s", conn, reason)
            self.soft_invalidated = True
            self.generation = None
            return
        try:
            for listener in pool.dispatch.invalidate:
                listener(conn, self, e)
            pool.log.info("Invalidate connection %r%s", conn, reason)
        finally:
            self.close(terminate=True)

    def close(self, *, terminate: bool = False) -> None:
        """Close the connection, if there is one; the record may connect anew."""
        conn = self.dbapi_connection
        if conn is None:
            return
        try:
            for listener in self.pool.dispatch.close:
                listener(conn, self)
        finally:
            self.forget()
            self.pool.close_connection(conn, terminate=terminate)

    def connect(self) -> None:
        """Make the connection, and let the listeners set it up."""
        pool = self.pool
        if self._info:
            self._info.clear()
        # As of before connecting: what was invalidated meanwhile may concern this one too.
        generation = pool.generation
        started = pool.clock()
        try:
            conn = pool.open_connection(self)
        except BaseException as error:
            pool.log.debug("Error on connect(): %s", error)
            raise
        pool.log.debug("Created new connection %r", conn)
        self.dbapi_connection = conn
        try:
            pool.introduce(conn, self)
        except BaseException:
            self.forget()
            pool.close_connection(conn, terminate=True)
            raise
        self.process = getpid()
        self.connected_at = self.returned_at = started
        self.soft_invalidated = False
        self.generation = generation

    def forget(self) -> None:
        """Let go of the connection without closing it."""
        self.dbapi_connection = None
        self.generation = None
        self.soft_invalidated = False


def close_all(entries: Iterable[ConnectionPoolEntry]) -> None:
    """Close the connections of all, also if a listener raises an error on the way."""
    with ExitStack() as stack:
        for entry in entries:
            stack.callback(entry.close)
