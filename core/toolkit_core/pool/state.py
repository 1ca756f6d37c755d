"""Who has a connection, who waits for one, how many there may be: counting, and nothing else.

No lock, no clock, no I/O, no threads.  The state is three queues, and each of the frequent
steps (``take``, ``give``, ``arrive``, ``leave``) is a single operation on one of them, which
Python's deque promises to be atomic; so they need no lock, and cost little.  Whatever takes
more than one operation is in ``settle``, which one thread at a time may run.

>>> state = PoolState(size=1, overflow=0)
>>> state.arrive("Ann")                # nothing is idle, so Ann queues
>>> state.settle()                     # and may make a connection
([('Ann', None)], [])
>>> state.arrive("Bob")
>>> state.settle()                     # Bob has to wait
([], [])
>>> state.give("connection 1")         # Ann returns hers; somebody waits, so settle
True
>>> state.settle()
([('Bob', 'connection 1')], [])
"""

from __future__ import annotations

import sys
from collections import deque

from toolkit_core.checker_names import Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeVar

    Entry = TypeVar("Entry")
    Waiter = TypeVar("Waiter")
else:
    Entry = Waiter = None

NO_LIMIT = sys.maxsize


class PoolState(Generic[Entry, Waiter]):
    """The connections of one pool between two calls of ``dispose()``."""

    __slots__ = ("_next_idle", "idle", "left", "limit", "size", "total", "waiting")

    def __init__(self, size: int, overflow: int, *, lifo: bool = False) -> None:
        self.idle: deque[Entry] = deque()
        self.waiting: deque[Waiter] = deque()
        self.left: deque[None] = deque()
        # Connections that exist or are being made; only ``settle`` changes it.
        self.total = 0
        self.size = size or NO_LIMIT
        self.limit = NO_LIMIT if overflow < 0 or not size else size + overflow
        self._next_idle = self.idle.pop if lifo else self.idle.popleft

    def take(self) -> Entry | None:
        """Take an idle connection, unless others wait for one; None: queue up.

        A waiter that queues between the look and the taking has come later than we did.
        """
        if self.waiting:
            return None
        next_idle = self._next_idle
        try:
            return next_idle()
        except IndexError:
            return None

    def give(self, entry: Entry) -> bool:
        """Put a connection back; tell whether ``settle`` has to be called.

        The order matters: a waiter queues and then looks for idle connections, we put one
        there and then look for waiters.  So one of the two sees the other.
        """
        idle = self.idle
        idle.append(entry)
        return True if self.waiting else len(idle) > self.size

    def arrive(self, waiter: Waiter) -> None:
        """Queue up; ``settle`` must be called, and may serve the waiter at once."""
        self.waiting.append(waiter)

    def withdraw(self, waiter: Waiter) -> bool:
        """Stop waiting; False if the waiter has been served meanwhile."""
        try:
            self.waiting.remove(waiter)
        except ValueError:
            return False
        return True

    def leave(self) -> None:
        """A connection is gone, or was never made: its place is free once it is settled."""
        self.left.append(None)

    def settle(self) -> tuple[list[tuple[Waiter, Entry | None]], list[Entry]]:
        """Serve those who wait, in the order they came, and give up what is too much.

        Returns who gets what (None: the place of a connection to be made) and the
        connections to close.  Other threads go on taking and giving while this runs.
        """
        while self.left:
            self.left.pop()
            self.total -= 1
        served: list[tuple[Waiter, Entry | None]] = []
        while self.waiting:
            entry = self._idle_or_none()
            if entry is None and self.total >= self.limit:
                break
            try:
                waiter = self.waiting.popleft()
            except IndexError:  # it has withdrawn just now
                if entry is not None:
                    self.idle.append(entry)
                break
            if entry is None:
                self.total += 1
            served.append((waiter, entry))
        return served, self._surplus()

    def shut(self) -> tuple[list[Entry], list[Waiter]]:
        """Close for good: return what is idle and who waits; what returns later is dropped."""
        self.size = -1
        self.limit = NO_LIMIT
        waiters: list[Waiter] = []
        while self.waiting:
            waiters.append(self.waiting.popleft())
        idle: list[Entry] = []
        while (entry := self._idle_or_none()) is not None:
            idle.append(entry)
            self.total -= 1
        return idle, waiters

    def counts(self) -> tuple[int, int]:
        """Return how many connections are idle and how many are out."""
        idle = len(self.idle)
        return idle, max(self.total - len(self.left) - idle, 0)

    def _idle_or_none(self) -> Entry | None:
        try:
            return self._next_idle()
        except IndexError:
            return None

    def _surplus(self) -> list[Entry]:
        dropped: list[Entry] = []
        while len(self.idle) > self.size:
            try:
                dropped.append(self.idle.pop())
            except IndexError:  # somebody had use for it
                break
            self.total -= 1
        return dropped


class Uncounted:
    """Stands in for the state where nothing is counted: all that returns is the pool's affair."""

    __slots__ = ()

    def give(self, entry: Any) -> bool:
        """Leave it to the pool."""
        return True


UNCOUNTED: Final = Uncounted()
