"""The pool for tasks of asyncio: as ``QueuePool``, but who waits is a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.lazy_module import lazy_module
from toolkit_core.pool import Holder, QueuePool
from toolkit_core.pool.threads import State, Ticket

if TYPE_CHECKING:
    from toolkit_core.aio import bridge, waiting
    from toolkit_core.pool import ConnectionPoolEntry
else:
    # Whoever imports only the names of all pools needs no greenlet.
    bridge = lazy_module("toolkit_core.aio.bridge")
    waiting = lazy_module("toolkit_core.aio.waiting")


class TaskTicket(Ticket):
    """A task that waits for a connection."""

    __slots__ = ("_pool", "_waiting")

    def __init__(self, queue: State, pool: AsyncAdaptedQueuePool) -> None:
        self._pool = pool
        self.queue = queue
        self.state: State | None = None
        self.entry: ConnectionPoolEntry | None = None
        self._waiting: Any = None

    def serve(self, state: State, entry: ConnectionPoolEntry | None) -> None:
        """Hand over, and wake; if its event loop has ended, hand on."""
        self.entry = entry
        self.state = state
        if self._waiting is not None and not self._waiting.wake():
            self._pool._cancel(self)

    def wait(self, seconds: float | None) -> bool:
        """Let other tasks work until served, or for so long; tell which."""
        if self._is_served():
            return True
        mine = self._waiting = waiting.Waiting()
        if self._is_served():  # by another thread, that has not seen that we wait
            return True
        timer = None if seconds is None else mine.give_up_after(seconds)
        try:
            return bridge.await_only(mine.future, "a connection of the pool")
        finally:
            if timer is not None:
                timer.cancel()

    def _is_served(self) -> bool:
        return self.state is not None


class AsyncAdaptedQueuePool(QueuePool):
    """The ``QueuePool`` of asyncio: it does not block the event loop while a task waits.

    Engines for asyncio have it where nothing else is asked for.
    """

    is_asyncio = True
    _who = "task"

    def _new_ticket(self) -> Ticket:
        return TaskTicket(self._state, self)

    def _is_mine(self, holder: Holder) -> bool:
        return holder.task is not None and holder.task == self.driver.task_name()
