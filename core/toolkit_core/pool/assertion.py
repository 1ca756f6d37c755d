"""The pool for tests: one connection, and an error if a second one is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit_core.lazy_module import lazy_module
from toolkit_core.pool.entry import ConnectionPoolEntry
from toolkit_core.pool.pool import Pool

if TYPE_CHECKING:
    import traceback
else:
    traceback = lazy_module("traceback")


class AssertionPool(Pool):
    """Lets at most one connection be out, and tells where it was taken if another is wanted.

    >>> import sqlite3
    >>> pool = AssertionPool(lambda: sqlite3.connect(":memory:"))
    >>> proxied = pool.connect()
    >>> pool.connect()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    AssertionError: connection is already checked out at:
    ...
    """

    def __init__(
        self, creator: Callable[..., Any], *, store_traceback: bool = True, **kw: Any
    ) -> None:
        self._store_traceback = store_traceback
        super().__init__(creator, **kw)

    def options(self) -> dict[str, Any]:
        """Return the arguments that make another pool like this one, but for ``creator``."""
        return {**super().options(), "store_traceback": self._store_traceback}

    def start_empty(self) -> None:
        """Begin with no connection, and with locks that nobody holds."""
        super().start_empty()
        self._entry: ConnectionPoolEntry | None = None
        self._out: ConnectionPoolEntry | None = None
        self._taken_at: list[str] = []

    def take(self) -> ConnectionPoolEntry:
        """Return the one record, or complain that it is out."""
        with self.lock:
            if self._out is not None:
                where = " at:\n" + "".join(self._taken_at) if self._taken_at else ""
                raise AssertionError(f"connection is already checked out{where}")
            if self._entry is None:
                self._entry = self.new_entry()
            if self._store_traceback:
                # Without the two frames of the pool itself.
                self._taken_at = traceback.format_stack()[:-2]
            self._out = self._entry
            return self._entry

    def put(self, entry: ConnectionPoolEntry) -> None:
        """Keep the record, or close one from before ``dispose()``."""
        with self.lock:
            if self._out is entry:
                self._out = None
            kept = self._entry is entry
        if not kept:
            self.entries.discard(entry)
            entry.close()

    def drop(self, entry: ConnectionPoolEntry) -> None:
        """Forget a record that could not be connected."""
        super().drop(entry)
        with self.lock:
            self._out = self._entry = None

    def dispose(self) -> None:
        """Close the connection; if it is out, when it returns."""
        with self.lock:
            entry, self._entry = self._entry, None
            out, self._out = self._out, None
        if entry is not None and entry is not out:
            self.entries.discard(entry)
            entry.close()
