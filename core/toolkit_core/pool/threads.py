"""The pool for threads: so many connections are kept, so many more may be out, others wait."""

from __future__ import annotations

import _thread
import threading
from collections.abc import Callable

from toolkit_core.errors import TimeoutError
from toolkit_core.pool.entry import ConnectionPoolEntry, close_all
from toolkit_core.pool.holders import Holder
from toolkit_core.pool.pool import Pool
from toolkit_core.pool.state import PoolState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, NoReturn, TypeAlias

# As text: of a real alias ``typing`` compiles the name inside, which takes a millisecond.
State: TypeAlias = "PoolState[ConnectionPoolEntry, Ticket]"


class Ticket:
    """A thread that waits, asleep on a lock which whoever serves it lets go."""

    __slots__ = ("_asleep", "entry", "queue", "state")

    def __init__(self, queue: State) -> None:
        self.queue = queue
        # The state that has served it, and what it got: None is leave to connect.
        self.state: State | None = None
        self.entry: ConnectionPoolEntry | None = None
        self._asleep = _thread.allocate_lock()
        self._asleep.acquire()

    def serve(self, state: State, entry: ConnectionPoolEntry | None) -> None:
        """Hand over, and wake."""
        self.entry = entry
        self.state = state
        self._asleep.release()

    def wait(self, seconds: float | None) -> bool:
        """Sleep until served, or for so long; tell which."""
        if seconds is None:
            return self._asleep.acquire()
        return self._asleep.acquire(timeout=min(max(seconds, 0), threading.TIMEOUT_MAX))


class QueuePool(Pool):
    """Keeps up to ``pool_size`` connections, lends up to ``max_overflow`` more.

    Who finds none free waits up to ``timeout`` seconds, served in the order of arrival.
    ``pool_size=0`` and ``max_overflow=-1`` mean no limit; ``use_lifo`` hands out the
    connection that was returned last, so that the others may rest until the server ends them.

    >>> import sqlite3
    >>> pool = QueuePool(lambda: sqlite3.connect(":memory:"), pool_size=2)
    >>> proxied = pool.connect()
    >>> pool.status()
    'Pool size: 2  Connections in pool: 0 Current Overflow: -1 Current Checked out connections: 1'
    >>> proxied.close()
    >>> pool.checkedin(), pool.checkedout()
    (1, 0)
    """

    is_asyncio: ClassVar[bool | None] = False
    # What it is that waits.
    _who: ClassVar[str] = "thread"

    def __init__(
        self,
        creator: Callable[..., Any],
        pool_size: int = 5,
        max_overflow: int = 10,
        timeout: float | None = 30.0,
        use_lifo: bool = False,
        **kw: Any,
    ) -> None:
        self._size = pool_size
        self._max_overflow = max_overflow
        self._timeout = timeout
        self._use_lifo = use_lifo
        super().__init__(creator, **kw)

    def options(self) -> dict[str, Any]:
        """Return the arguments that make another pool like this one, but for ``creator``."""
        return {
            **super().options(),
            "pool_size": self._size,
            "max_overflow": self._max_overflow,
            "timeout": self._timeout,
            "use_lifo": self._use_lifo,
        }

    def start_empty(self) -> None:
        """Begin with no connection, and with locks that nobody holds."""
        super().start_empty()
        self._settling = self._unsettled = False
        self._start_state()

    def _start_state(self) -> None:
        self._state: State = PoolState(self._size, self._max_overflow, lifo=self._use_lifo)
        self._take_idle = self._state.take

    # -- taking and putting ---------------------------------------------------------------

    def take(self) -> ConnectionPoolEntry:
        """Return a new record, or wait for one to come back."""
        ticket = self._new_ticket()
        try:
            ticket.queue.arrive(ticket)
            self._settle(ticket.queue)
            if not ticket.wait(self._timeout) and self._withdraw(ticket):
                self._complain()
            return self.new_entry(ticket.state) if ticket.entry is None else ticket.entry
        except BaseException:
            self._cancel(ticket)
            raise

    def put(self, entry: ConnectionPoolEntry) -> None:
        """Hand what has returned to who waits, or give it up."""
        self._settle(entry.state)

    def drop(self, entry: ConnectionPoolEntry) -> None:
        """Forget a record, whose place goes to who waits."""
        self.entries.discard(entry)
        entry.state.leave()
        self._settle(entry.state)

    def _new_ticket(self) -> Ticket:
        return Ticket(self._state)

    def _withdraw(self, ticket: Ticket) -> bool:
        with self.lock:  # who is not in the queue any more has been served, and not in part
            return ticket.queue.withdraw(ticket)

    def _cancel(self, ticket: Ticket) -> None:
        """Leave the queue; what was handed over meanwhile goes to the next."""
        if self._withdraw(ticket) or ticket.state is None:
            return
        state = ticket.state
        if ticket.entry is not None:
            self.keep(ticket.entry)
        else:
            state.leave()
            self._settle(state)

    def _settle(self, state: State) -> None:
        """Run the state's ``settle``, one thread at a time.

        The garbage collector may interrupt us anywhere and give a lost connection back, which
        leads here again: hence a lock that its owner may take twice, and a note to look again.
        """
        surplus: list[ConnectionPoolEntry] = []
        with self.lock:
            self._unsettled = True
            if self._settling:
                return
            self._settling = True
            try:
                while self._unsettled:
                    self._unsettled = False
                    served, dropped = state.settle()
                    surplus += dropped
                    for ticket, entry in served:
                        ticket.serve(state, entry)
            finally:
                self._settling = False
        if surplus:
            self.entries.difference_update(surplus)
            close_all(surplus)

    def _complain(self) -> NoReturn:
        limit = f"QueuePool limit of size {self._size} overflow {self._max_overflow} reached"
        text = f"{limit}, connection timed out, timeout {self._timeout or 0:.2f}"
        held = self.holders()
        if held:
            text = "\n  ".join([text, "The connections are held by:", *map(str, held)])
        mine = sum(self._is_mine(holder) for holder in held)
        hint = "close connections after use, best by 'with', or raise pool_size or max_overflow"
        if mine:
            hint = f"do not hold {mine} connection(s) in this very {self._who} while taking another"
        raise TimeoutError(text, code="3o7r", hint=hint)

    def _is_mine(self, holder: Holder) -> bool:
        return holder.thread == threading.current_thread().name

    # -- all connections ------------------------------------------------------------------

    def dispose(self) -> None:
        """Close what is idle; what is out is closed when it returns.

        >>> import sqlite3
        >>> pool = QueuePool(lambda: sqlite3.connect(":memory:"))
        >>> proxied = pool.connect()
        >>> pool.dispose()
        >>> proxied.close()
        >>> pool.checkedin()
        0
        """
        with self.lock:
            old = self._state
            self._start_state()
            idle, waiting = old.shut()
            for ticket in waiting:
                ticket.queue = self._state
                self._state.arrive(ticket)
        self._settle(self._state)
        self.entries.difference_update(idle)
        close_all(idle)
        self.log.info("Pool disposed. %s", self.status())

    def status(self) -> str:
        """Describe the pool in a line."""
        return (
            f"Pool size: {self.size()}  Connections in pool: {self.checkedin()} "
            f"Current Overflow: {self.overflow()} "
            f"Current Checked out connections: {self.checkedout()}"
        )

    def size(self) -> int:
        """Return how many connections are kept."""
        return self._size

    def timeout(self) -> float | None:
        """Return how many seconds one waits for a connection."""
        return self._timeout

    def checkedin(self) -> int:
        """Return how many records are in the pool."""
        return self._state.counts()[0]

    def checkedout(self) -> int:
        """Return how many connections are out."""
        return self._state.counts()[1]

    def overflow(self) -> int:
        """Return how many connections there are above ``pool_size``, negative if below."""
        return sum(self._state.counts()) - self._size if self._size else 0
