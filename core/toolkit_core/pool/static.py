"""The pool of exactly one connection, that all share."""

from __future__ import annotations

from toolkit_core.pool.entry import ConnectionPoolEntry
from toolkit_core.pool.pool import Pool


class StaticPool(Pool):
    """Hands the same connection to everybody, also at the same time.

    >>> import sqlite3
    >>> pool = StaticPool(lambda: sqlite3.connect(":memory:"))
    >>> one, two = pool.connect(), pool.connect()
    >>> one.dbapi_connection is two.dbapi_connection
    True
    """

    def start_empty(self) -> None:
        """Begin with no connection, and with locks that nobody holds."""
        super().start_empty()
        self._entry: ConnectionPoolEntry | None = None
        # How many have it.
        self._shares = 0
        # Connecting takes its time, and who waits may be a task.
        self._connecting = self.driver.new_lock()

    @property
    def connection(self) -> ConnectionPoolEntry:
        """The record of the one connection."""
        with self.lock:
            entry = self._the_one()
        if entry.dbapi_connection is None:
            self._make_ready(entry)
        return entry

    def take(self) -> ConnectionPoolEntry:
        """Return the one record."""
        with self.lock:
            entry = self._the_one()
            self._shares += 1
            return entry

    def _the_one(self) -> ConnectionPoolEntry:
        if self._entry is None:
            self._entry = self.new_entry()
            self._shares = 0
        return self._entry

    def is_shared(self, entry: ConnectionPoolEntry) -> bool:
        """Tell whether more than one has it."""
        return entry is self._entry and self._shares > 1

    def _make_ready(self, entry: ConnectionPoolEntry) -> None:
        with self._connecting:  # one connects, and the others find it done
            super()._make_ready(entry)

    def put(self, entry: ConnectionPoolEntry) -> None:
        """Keep it."""
        with self.lock:
            if entry is self._entry:
                self._shares -= 1
                entry.in_use = self._shares > 0

    def drop(self, entry: ConnectionPoolEntry) -> None:
        """Forget a record that could not be connected."""
        super().drop(entry)
        with self.lock:
            if self._entry is entry:
                self._entry = None

    def dispose(self) -> None:
        """Close the connection; the next checkout opens another."""
        with self.lock:
            entry, self._entry = self._entry, None
        if entry is not None:
            self.entries.discard(entry)
            entry.close()
