"""What all pools share: making, checking, resetting and closing connections.

A kind of pool answers two questions, ``take`` (which record is next, when none is idle?) and
``put`` (what becomes of a returned one, unless it is just kept?), and says how it is emptied.
"""

from __future__ import annotations

import threading
import time
from _thread import get_ident
from collections.abc import Callable, Iterable
from sys import _getframe

from toolkit_core.events import Dispatch, PoolEvents, listen
from toolkit_core.late_annotations import signature_of
from toolkit_core.pool import fork
from toolkit_core.pool.checkout import PoolProxiedConnection
from toolkit_core.pool.driver import PlainDriver, PoolDriver
from toolkit_core.pool.entry import ConnectionPoolEntry
from toolkit_core.pool.holders import FOREIGN_FILES, Holder, first_foreign_frame, holders_of
from toolkit_core.pool.log import Echo, PoolLog
from toolkit_core.pool.ready import announce_checkout, make_ready, meet_task
from toolkit_core.pool.reset import (
    ResetStyle,
    announce_checkin,
    announced_return,
    reset_failed,
    resets,
)
from toolkit_core.pool.state import UNCOUNTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class Pool:
    """The base of all pools: a source of connections, which get them back.

    ``creator`` makes a connection, from no argument or from the pool's record of it.  The
    arguments after ``pre_ping`` are additions: ``driver`` is the engine's glue to its DBAPI,
    ``ping_idle`` the seconds after its last use during which a connection counts as alive
    without ``pre_ping`` asking, ``track_holders`` whether the pool notes who has what.
    """

    # What every checkout reads.  A dictionary of more than thirty attributes is read more
    # slowly, which made 70 ns of 1,000.
    __slots__ = (
        "__dict__",
        "__weakref__",
        "_announces",
        "_logs",
        "_looks_closer",
        "_new_checkout",
        "_take_idle",
        "clock",
        "dispatch",
        "generation",
        "reset",
        "reset_again",
        "track_holders",
    )

    event_families: ClassVar = (PoolEvents,)
    checkout_class: ClassVar[type[PoolProxiedConnection]] = PoolProxiedConnection
    # Whether it serves drivers for asyncio alone, or others alone; None: it serves both.
    is_asyncio: ClassVar[bool | None] = None

    def __init__(
        self,
        creator: Callable[..., Any],
        recycle: float = -1,
        echo: Echo = None,
        logging_name: str | None = None,
        reset_on_return: ResetStyle = True,
        events: Iterable[tuple[Callable[..., Any], str]] | None = None,
        dialect: Any = None,
        pre_ping: bool = False,
        *,
        driver: PoolDriver | None = None,
        ping_idle: float = 0.5,
        track_holders: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.creator = creator
        self.dialect = dialect
        self.driver: PoolDriver = driver or getattr(dialect, "glue", None) or PlainDriver()
        self.recycle = recycle
        self.echo = echo
        self.logging_name = logging_name
        self.pre_ping = pre_ping
        self.ping_idle = ping_idle
        self.track_holders = track_holders
        self.clock = clock
        self.reset_on_return = reset_on_return
        self.reset, self.reset_again = resets(reset_on_return, self.driver)
        self.log = PoolLog(type(self).__name__, logging_name, echo)
        self.dispatch = Dispatch.for_target(self)
        for listener, event in events or ():
            listen(self, event, listener)
        # Replaced when all connections made so far are to be; compared by identity.
        self.generation = object()
        self.entries: set[ConnectionPoolEntry] = set()
        self.open_connection: Callable[[ConnectionPoolEntry], Any] = (
            creator if _wants_record(creator) else lambda entry: creator()
        )
        self._logs = self.log.active
        # A ping asks when a connection was last used, so its return is noted.
        self._announces = self.log.active or pre_ping
        self._new_checkout = self.checkout_class
        # Of an asynchronous driver's connections each belongs to an event loop.
        self._has_loops = self.driver.is_async
        self._looks_closer = pre_ping or recycle > -1 or self._has_loops
        self._met = self._meeting = False
        self.start_empty()
        fork.watch(self)

    # -- what a kind of pool says --------------------------------------------------------

    def take(self) -> ConnectionPoolEntry:
        """Return the record whose connection is to be handed out, when none is idle."""
        raise NotImplementedError

    def put(self, entry: ConnectionPoolEntry) -> None:
        """See to a returned record, when its state does not just keep it."""
        raise NotImplementedError

    def drop(self, entry: ConnectionPoolEntry) -> None:
        """Forget a record that could not be connected."""
        self.entries.discard(entry)

    def start_empty(self) -> None:
        """Begin with no connection, and with locks that nobody holds."""
        self.lock = threading.RLock()
        self._take_idle: Callable[[], ConnectionPoolEntry | None] = _nothing_idle
        # Listeners may ask the server, so this lock must be one that a task can wait for.
        self._introducing = self.driver.new_lock()

    def options(self) -> dict[str, Any]:
        """Return the arguments that make another pool like this one, but for ``creator``."""
        return {
            "recycle": self.recycle,
            "echo": self.echo,
            "logging_name": self.logging_name,
            "reset_on_return": self.reset_on_return,
            "dialect": self.dialect,
            "pre_ping": self.pre_ping,
            "driver": self.driver,
            "ping_idle": self.ping_idle,
            "track_holders": self.track_holders,
            "clock": self.clock,
        }

    def status(self) -> str:
        """Describe the pool in a line."""
        return type(self).__name__

    def dispose(self) -> None:
        """Close what is idle; what is out is closed when it returns."""
        raise NotImplementedError

    # -- taking ---------------------------------------------------------------------------

    def connect(self, _depth: int = 1) -> PoolProxiedConnection:
        """Hand out a connection, until its ``close()``.

        ``_depth`` is how far up the stack the user is to be found, where that is known.
        """
        # What an attribute holds is taken out before it is called: Python 3.11 is quick to
        # call methods, and slow to find out that something is none.
        take_idle = self._take_idle
        entry = take_idle()
        if entry is None:
            entry = self.take()
        if entry.generation is not self.generation or self._looks_closer:
            self._make_ready(entry)
        entry.in_use = True
        entry.last_statement = None
        if self.track_holders:
            try:
                frame = _getframe(_depth)
            except ValueError:
                frame = _getframe(1)
            code = frame.f_code
            if code.co_filename not in FOREIGN_FILES:
                frame = first_foreign_frame(frame)
                code = frame.f_code
            clock = self.clock
            entry.code = code
            entry.instruction = frame.f_lasti
            entry.thread = get_ident()
            entry.checked_out_at = clock()
        new_checkout = self._new_checkout
        proxied = new_checkout()
        proxied.entry = entry
        proxied.dbapi_connection = entry.dbapi_connection
        if self._logs or self.dispatch.active:
            announce_checkout(self, entry, proxied)
        return proxied

    def _make_ready(self, entry: ConnectionPoolEntry) -> None:
        if self._has_loops:
            meet_task(self, entry)
        try:
            make_ready(self, entry)
        except BaseException:
            try:
                entry.close(terminate=True)
            finally:
                self.drop(entry)
            raise

    # -- giving back ----------------------------------------------------------------------

    def give_back(
        self, entry: ConnectionPoolEntry, conn: Any, transaction_was_reset: bool = False
    ) -> None:
        """Reset a connection and take its record back."""
        if self._announces or self.dispatch.active:
            announced_return(self, entry, conn, transaction_was_reset)
            return
        reset = self.reset_again if transaction_was_reset else self.reset
        if reset is not None:
            try:
                reset(conn)
            except Exception as error:  # noqa: BLE001 - it is logged, and the connection closed
                reset_failed(self, entry, conn, error)
            except BaseException as error:
                reset_failed(self, entry, conn, error)
                self.keep(entry)
                raise
        entry.in_use = False
        if entry.state.give(entry):
            self.put(entry)

    def give_back_broken(self, entry: ConnectionPoolEntry, error: BaseException | None) -> None:
        """Close a connection that does not work and take its record back."""
        try:
            entry.invalidate(error)
            announce_checkin(self, entry)
        finally:
            self.keep(entry)

    def is_shared(self, entry: ConnectionPoolEntry) -> bool:
        """Tell whether more than one has the connection of an entry."""
        return False

    def keep(self, entry: ConnectionPoolEntry) -> None:
        """Take a record back, after its connection was reset or closed."""
        entry.in_use = False
        if entry.state.give(entry):
            self.put(entry)

    def release_detached(self, entry: ConnectionPoolEntry, conn: Any) -> None:
        """Take a record back without its connection, which goes its own way."""
        entry.forget()
        try:
            for listener in self.dispatch.detach:
                listener(conn, entry)
        finally:
            self.keep(entry)

    # -- one connection's life ------------------------------------------------------------

    def new_entry(self, state: Any = UNCOUNTED) -> ConnectionPoolEntry:
        """Make a record that has no connection yet."""
        entry = ConnectionPoolEntry(self, state)
        self.entries.add(entry)
        return entry

    def introduce(self, conn: Any, entry: ConnectionPoolEntry) -> None:
        """Let the listeners meet a new connection, and first of all the pool's first one."""
        if not self._met:
            self._meet_first(conn, entry)
        for listener in self.dispatch.connect:
            listener(conn, entry)

    def _meet_first(self, conn: Any, entry: ConnectionPoolEntry) -> None:
        # Others wait: what is learnt from the first connection must be known to them.
        with self._introducing:
            if self._met or self._meeting:
                return
            self._meeting = True
            try:
                for listener in self.dispatch.first_connect:
                    listener(conn, entry)
                self._met = True
            finally:
                self._meeting = False

    def close_connection(self, conn: Any, *, terminate: bool = False) -> None:
        """Close a driver's connection; that this fails is logged, and harms nobody."""
        if terminate:
            self.log.debug("Hard-closing connection %r", conn)
        else:
            self.log.debug("Closing connection %r", conn)
        try:
            (self.driver.terminate if terminate else self.driver.close)(conn)
        except Exception:  # noqa: BLE001 - it is logged, and the connection is gone in any case
            how = "terminating" if terminate else "closing"
            self.log.failure("Exception %s connection %r", how, conn)

    def driver_connection(self, conn: Any) -> Any:
        """Return what the driver itself calls a connection."""
        unwrap = getattr(self.driver, "get_driver_connection", None)
        return conn if unwrap is None else unwrap(conn)

    # -- all connections ------------------------------------------------------------------

    def invalidate_older_than_now(self) -> None:
        """Have every connection made so far replaced when it is next checked out."""
        self.generation = object()

    def holders(self) -> list[Holder]:
        """Tell who has the connections that are out, the longest first.

        >>> import sqlite3
        >>> from toolkit_core.pool import QueuePool
        >>> pool = QueuePool(lambda: sqlite3.connect(":memory:"))
        >>> proxied = pool.connect()
        >>> [holder.thread for holder in pool.holders()]
        ['MainThread']
        >>> proxied.close()
        >>> pool.holders()
        []
        """
        return holders_of(self.entries.copy(), self.clock())

    def checkedout(self) -> int:
        """Return how many connections are out."""
        return sum(entry.in_use for entry in self.entries.copy())

    def recreate(self) -> Pool:
        """Make a new, empty pool with the same settings and listeners."""
        self.log.info("Pool recreating")
        other = type(self)(self.creator, **self.options())
        other.dispatch.take_over(self.dispatch)
        return other


def _nothing_idle() -> None:
    """Say so: only a state knows what is idle."""


def _wants_record(creator: Callable[..., Any]) -> bool:
    """Tell whether a creator requires exactly one argument: it is then given the record.

    One that has ``wants_record`` says so itself.
    """
    said: bool | None = getattr(creator, "wants_record", None)
    if said is not None:
        return said
    try:
        parameters = signature_of(creator).parameters.values()
    except (TypeError, ValueError):  # a builtin that does not say
        return False
    positional = [p for p in parameters if p.kind in {p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD}]
    return sum(p.default is p.empty for p in positional) == 1
