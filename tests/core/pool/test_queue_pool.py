"""Limits, waiting, and what the counters say (P01, P13)."""

import signal
import sqlite3
import sys
import threading
from collections.abc import Callable

import pytest

from tests.core.pool.tools import InThread, connect, is_open, until
from toolkit_core.errors import TimeoutError
from toolkit_core.events import listen
from toolkit_core.pool import PoolProxiedConnection, QueuePool
from toolkit_core.pool.threads import Ticket


def waiters(pool: QueuePool, number: int) -> Callable[[], bool]:
    return lambda: len(pool._state.waiting) == number


def test_the_documented_defaults() -> None:
    pool = QueuePool(connect)
    assert (pool.size(), pool.timeout()) == (5, 30.0)
    assert pool.status() == (
        "Pool size: 5  Connections in pool: 0 Current Overflow: -5 "
        "Current Checked out connections: 0"
    )


def test_connections_are_made_when_wanted_and_kept_when_returned() -> None:
    made = []

    def creator() -> sqlite3.Connection:
        made.append(connect())
        return made[-1]

    pool = QueuePool(creator)
    assert not made
    for _ in range(3):
        pool.connect().close()
    assert len(made) == 1


def test_the_counters_follow_what_is_out() -> None:
    pool = QueuePool(connect, pool_size=2, max_overflow=2)
    out = [pool.connect() for _ in range(3)]
    assert (pool.checkedin(), pool.checkedout(), pool.overflow()) == (0, 3, 1)
    out.pop().close()
    assert (pool.checkedin(), pool.checkedout(), pool.overflow()) == (1, 2, 1)
    while out:
        out.pop().close()
    assert (pool.checkedin(), pool.checkedout(), pool.overflow()) == (2, 0, 0)


def test_overflow_is_closed_on_return() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=1)
    one, two = pool.connect(), pool.connect()
    first, second = one.dbapi_connection, two.dbapi_connection
    one.close()
    two.close()
    assert is_open(first)
    assert not is_open(second)


def test_no_limit_with_overflow_minus_one_or_size_zero() -> None:
    for pool in (
        QueuePool(connect, pool_size=1, max_overflow=-1, timeout=0),
        QueuePool(connect, pool_size=0, timeout=0),
    ):
        out = [pool.connect() for _ in range(20)]
        assert pool.checkedout() == 20
        for proxied in out:
            proxied.close()
        assert pool.checkedout() == 0
    assert (pool.size(), pool.checkedin(), pool.overflow()) == (0, 20, 0)


@pytest.mark.parametrize(("use_lifo", "expected"), [(False, "first"), (True, "last")])
def test_idle_connections_are_taken_in_turn_or_last_first(use_lifo: bool, expected: str) -> None:
    """P05: with ``use_lifo`` the others rest until the server ends them."""
    pool = QueuePool(connect, use_lifo=use_lifo)
    out = [pool.connect() for _ in range(3)]
    returned = [proxied.dbapi_connection for proxied in out]
    for proxied in out:
        proxied.close()
    again = pool.connect()
    assert again.dbapi_connection is returned[0 if expected == "first" else -1]
    again.close()


def test_exhaustion_raises_the_documented_error() -> None:
    """P01."""
    pool = QueuePool(connect, pool_size=1, max_overflow=1, timeout=0.01)
    one, two = pool.connect(), pool.connect()
    with pytest.raises(TimeoutError) as caught:
        pool.connect()
    assert caught.value.code == "3o7r"
    assert str(caught.value).startswith(
        "QueuePool limit of size 1 overflow 1 reached, connection timed out, timeout 0.01"
    )
    one.close()
    two.close()
    pool.connect().close()
    assert pool.checkedout() == 0


@pytest.mark.parametrize("timeout", [0, -1])
def test_no_patience_is_no_wait(timeout: float) -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=timeout)
    held = pool.connect()
    with pytest.raises(TimeoutError):
        pool.connect()
    held.close()


def test_without_timeout_one_waits_until_it_is_ones_turn() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=None)
    held = pool.connect()
    waiting = InThread(pool.connect)
    until(waiters(pool, 1))
    held.close()
    waiting.result().close()


def test_waiters_are_served_in_the_order_they_came() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0)
    held = pool.connect()
    served: list[int] = []

    def wait(number: int) -> None:
        with pool.connect():
            served.append(number)

    threads = []
    for number in range(5):
        threads.append(InThread(lambda number=number: wait(number)))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        until(waiters(pool, number + 1))
    held.close()
    for thread in threads:
        thread.result()
    assert served == [0, 1, 2, 3, 4]
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_a_newcomer_does_not_overtake_a_waiter() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    patient = QueuePool.connect
    held = pool.connect()
    pool._timeout = 10
    waiting = InThread(lambda: patient(pool))
    until(waiters(pool, 1))
    pool._timeout = 0
    held.close()  # handed over at once: it is never idle
    with pytest.raises(TimeoutError):
        pool.connect()
    got: PoolProxiedConnection = waiting.result()
    got.close()
    assert pool.checkedin() == 1


def test_a_waiter_whose_time_is_up_loses_nobody_a_connection() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0.01)
    held = pool.connect()
    with pytest.raises(TimeoutError):
        pool.connect()
    assert not pool._state.waiting
    held.close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_an_interrupted_waiter_loses_nobody_a_connection() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0)
    held = pool.connect()
    main = threading.get_ident()

    def asleep() -> bool:
        """Whether the main thread has nothing left to do but wait."""
        return sys._current_frames()[main].f_code is Ticket.wait.__code__

    def interrupt() -> None:
        until(waiters(pool, 1))
        until(asleep)
        signal.pthread_kill(main, signal.SIGINT)

    interrupting = InThread(interrupt)
    with pytest.raises(KeyboardInterrupt):
        pool.connect()
    interrupting.result()
    assert not pool._state.waiting
    held.close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)
    pool.connect().close()


@pytest.mark.parametrize("connected", [True, False])
def test_who_is_interrupted_while_being_served_passes_it_on(connected: bool) -> None:
    """The place or the connection that came too late goes to the next."""
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=5)
    held = pool.connect()
    ticket_of_the_interrupted: list[Ticket] = []
    real = type(pool)._settle

    class Interrupted(QueuePool):
        pass

    pool.__class__ = Interrupted

    def settle(self: QueuePool, state: object) -> None:
        real(self, state)  # type: ignore[arg-type]  # the test need not name the state
        if self._state.waiting and not ticket_of_the_interrupted:
            ticket_of_the_interrupted.append(self._state.waiting[0])
            if connected:
                held.close()
            else:
                held.entry.state.leave()  # type: ignore[union-attr]  # it is out
                self.entries.clear()
                real(self, self._state)
            raise KeyboardInterrupt

    Interrupted._settle = settle  # type: ignore[method-assign]  # the moment to interrupt
    with pytest.raises(KeyboardInterrupt):
        pool.connect()
    assert ticket_of_the_interrupted[0].state is not None
    held.entry = None
    got = pool.connect()
    assert pool.checkedout() == 1
    got.close()


def test_a_failing_creator_gives_its_place_back_and_wakes_a_waiter() -> None:
    may_fail = threading.Event()
    fails = [True]

    def creator() -> sqlite3.Connection:
        if fails:
            fails.pop()
            may_fail.wait(10)
            raise sqlite3.OperationalError("unable to open database file")
        return connect()

    pool = QueuePool(creator, pool_size=1, max_overflow=0)
    failing = InThread(pool.connect)
    until(lambda: not fails)
    waiting = InThread(pool.connect)
    until(waiters(pool, 1))
    may_fail.set()
    with pytest.raises(sqlite3.OperationalError):
        failing.result()
    waiting.result().close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_connecting_holds_no_lock() -> None:
    slow, may_go_on = threading.Event(), threading.Event()

    def creator() -> sqlite3.Connection:
        if slow.is_set():
            slow.clear()
            may_go_on.wait(10)
        return connect()

    pool = QueuePool(creator)
    held = pool.connect()
    slow.set()
    connecting = InThread(pool.connect)
    until(lambda: not slow.is_set())
    held.close()
    pool.connect().close()
    QueuePool.dispose(pool)
    may_go_on.set()
    connecting.result().close()


def test_disposing_closes_what_is_idle_and_later_what_was_out() -> None:
    pool = QueuePool(connect)
    one, two = pool.connect(), pool.connect()
    idle, out = one.dbapi_connection, two.dbapi_connection
    one.close()
    pool.dispose()
    assert not is_open(idle)
    assert is_open(out)
    two.close()
    assert not is_open(out)
    assert (pool.checkedin(), pool.checkedout()) == (0, 0)
    pool.connect().close()
    assert pool.checkedin() == 1


def test_who_waits_while_the_pool_is_disposed_gets_a_new_connection() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0)
    held = pool.connect()
    waiting = InThread(pool.connect)
    until(waiters(pool, 1))
    pool.dispose()
    got = waiting.result()
    assert got.dbapi_connection is not held.dbapi_connection
    held.close()
    got.close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_recreate_keeps_settings_and_listeners() -> None:
    """P14."""
    heard: list[str] = []
    pool = QueuePool(
        connect, 3, 4, 5.0, True, recycle=7, logging_name="main", reset_on_return="commit"
    )
    listen(pool, "connect", lambda *arguments: heard.append("connect"))
    other = pool.recreate()
    assert isinstance(other, QueuePool)
    assert other is not pool
    assert other.options() == pool.options()
    assert (other.size(), other.timeout(), other.checkedin()) == (3, 5.0, 0)
    other.connect().close()
    assert heard == ["connect"]


def test_the_creator_gets_the_record_if_it_asks_for_it() -> None:
    """P14: used without an engine, with no argument or one."""
    got: list[object] = []

    def with_record(record: object) -> sqlite3.Connection:
        got.append(record)
        return connect()

    def with_options(*arguments: object, timeout: int = 5) -> sqlite3.Connection:
        got.append(arguments)
        return connect()

    proxied = QueuePool(with_record).connect()
    assert got.pop() is proxied.entry
    proxied.close()
    QueuePool(with_options).connect().close()
    assert got.pop() == ()
    QueuePool(dict).connect().detach()  # a builtin that does not tell its signature
