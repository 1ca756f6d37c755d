"""The pool that does not pool: a new connection each time."""

from __future__ import annotations

from toolkit_core.pool.entry import ConnectionPoolEntry
from toolkit_core.pool.pool import Pool


class NullPool(Pool):
    """Opens a connection for each checkout and closes it on return.

    >>> import sqlite3
    >>> pool = NullPool(lambda: sqlite3.connect(":memory:"))
    >>> first = pool.connect().dbapi_connection
    >>> pool.connect().dbapi_connection is first
    False
    """

    def take(self) -> ConnectionPoolEntry:
        """Return a new record."""
        return self.new_entry()

    def put(self, entry: ConnectionPoolEntry) -> None:
        """Close the connection."""
        self.entries.discard(entry)
        entry.close()

    def dispose(self) -> None:
        """Do nothing: nothing is kept."""
