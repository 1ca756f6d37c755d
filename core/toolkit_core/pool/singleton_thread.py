"""One connection for each thread."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable

from toolkit_core.pool.checkout import PoolProxiedConnection
from toolkit_core.pool.entry import ConnectionPoolEntry, close_all
from toolkit_core.pool.pool import Pool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SharedCheckout(PoolProxiedConnection):
    """What one thread holds: each ``connect()`` adds a share, the last ``close()`` returns it."""

    __slots__ = ("__weakref__", "shares")

    def __init__(self) -> None:
        self.shares = 1

    def close(self) -> None:
        """Give up one share, and the connection with the last one."""
        if self.shares > 1 and self.entry is not None:
            self.shares -= 1
        else:
            super().close()

    def give_back(self, *, transaction_was_reset: bool = False) -> None:
        """Give up one share, telling that the transaction was ended already."""
        if self.shares > 1 and self.entry is not None:
            self.shares -= 1
        else:
            super().give_back(transaction_was_reset=transaction_was_reset)


class SingletonThreadPool(Pool):
    """Gives each thread a connection of its own, and the same one each time.

    Made for SQLite's databases in memory.  Connections of more than ``size`` threads are
    given up: those of threads that have ended, then those that are not in use.

    >>> import sqlite3
    >>> pool = SingletonThreadPool(lambda: sqlite3.connect(":memory:"))
    >>> pool.connect() is pool.connect()   # the first is dropped only after the comparison
    True
    """

    checkout_class = SharedCheckout
    is_asyncio = False

    def __init__(self, creator: Callable[..., Any], pool_size: int = 5, **kw: Any) -> None:
        self.size = pool_size
        super().__init__(creator, **kw)

    def options(self) -> dict[str, Any]:
        """Return the arguments that make another pool like this one, but for ``creator``."""
        return {**super().options(), "pool_size": self.size}

    def start_empty(self) -> None:
        """Begin with no connection, and with locks that nobody holds."""
        super().start_empty()
        # By the thread itself: the number of one that has ended is given to another.
        self._of_thread: dict[threading.Thread, ConnectionPoolEntry] = {}
        self._local = threading.local()

    def connect(self, _depth: int = 1) -> PoolProxiedConnection:
        """Hand out this thread's connection, a further share of it if it is out."""
        reference = getattr(self._local, "checkout", None)
        shared: SharedCheckout | None = reference and reference()
        if shared is not None and shared.entry is not None:
            shared.shares += 1
            return shared
        proxied = super().connect(_depth + 1)
        self._local.checkout = weakref.ref(proxied)
        return proxied

    def take(self) -> ConnectionPoolEntry:
        """Return this thread's record."""
        me = threading.current_thread()
        with self.lock:
            entry = self._of_thread.get(me)
            given_up = []
            if entry is None:
                given_up = self._give_up(self.size - 1)
                entry = self._of_thread[me] = self.new_entry()
            entry.in_use = True  # under the lock, so that no other thread gives it up
        close_all(given_up)
        return entry

    def drop(self, entry: ConnectionPoolEntry) -> None:
        """Forget a record that could not be connected."""
        super().drop(entry)
        with self.lock:
            if self._of_thread.get(threading.current_thread()) is entry:
                del self._of_thread[threading.current_thread()]

    def put(self, entry: ConnectionPoolEntry) -> None:
        """Keep it for the thread, unless the pool was disposed of meanwhile."""
        if entry not in self.entries:
            entry.close()

    def _give_up(self, kept: int) -> list[ConnectionPoolEntry]:
        """Choose whose connections to close, so that no more than so many are left."""
        ended = [thread for thread in self._of_thread if not thread.is_alive()]
        idle = [thread for thread, entry in self._of_thread.items() if not entry.in_use]
        excess = len(self._of_thread) - kept
        chosen = list(dict.fromkeys(ended + idle))[: max(excess, 0)]
        given_up = [self._of_thread.pop(thread) for thread in chosen]
        self.entries.difference_update(given_up)
        return given_up

    def status(self) -> str:
        """Describe the pool in a line."""
        return f"SingletonThreadPool id:{id(self)} size: {len(self._of_thread)}"

    def dispose(self) -> None:
        """Close what is idle; what is out is closed when it returns."""
        with self.lock:
            entries = list(self._of_thread.values())
            self._of_thread.clear()
            self.entries.difference_update(entries)
        close_all(entry for entry in entries if not entry.in_use)
