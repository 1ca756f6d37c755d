"""The pool's events: which, when, how often, and what their listeners may do (P07, P09)."""

import sqlite3
import threading
from typing import Any

import pytest

from tests.core.pool.tools import InThread, WatchedDriver, connect, is_open, record_events, until
from toolkit_core.errors import DisconnectionError, InvalidatePoolError, InvalidRequestError
from toolkit_core.events import PoolResetState, listen, remove
from toolkit_core.pool import NullPool, Pool, QueuePool


def test_the_events_of_a_connections_life_in_order() -> None:
    """P07."""
    pool = QueuePool(connect)
    heard = record_events(pool)

    def since() -> list[str]:
        told = heard.copy()
        heard.clear()
        return told

    proxied = pool.connect()
    assert since() == ["first_connect", "connect", "checkout"]
    proxied.close()
    assert since() == ["reset", "checkin"]
    proxied = pool.connect()
    proxied.invalidate(soft=True)
    proxied.close()
    assert since() == ["checkout", "soft_invalidate", "reset", "checkin"]
    proxied = pool.connect()
    assert since() == ["close", "connect", "checkout"]
    proxied.invalidate()
    assert since() == ["invalidate", "close", "checkin"]
    proxied = pool.connect()
    proxied.detach()
    proxied.close()
    assert since() == ["connect", "checkout", "detach", "reset", "close_detached"]
    pool.connect().close()
    since()
    pool.dispose()
    assert since() == ["close"]


def test_a_pool_that_keeps_nothing_closes_after_checkin() -> None:
    pool = NullPool(connect)
    heard = record_events(pool)
    pool.connect().close()
    assert heard == ["first_connect", "connect", "checkout", "reset", "checkin", "close"]


def test_what_the_listeners_receive() -> None:
    pool = QueuePool(connect)
    got: dict[str, tuple[Any, ...]] = {}
    for name in ("connect", "checkout", "reset", "checkin", "detach", "close_detached"):
        listen(pool, name, lambda *values, name=name: got.__setitem__(name, values))
    proxied = pool.connect()
    entry, conn = proxied.entry, proxied.dbapi_connection
    assert got["connect"] == (conn, entry)
    assert got["checkout"] == (conn, entry, proxied)
    proxied.close()
    assert got["reset"] == (conn, entry, PoolResetState(False, False, True))
    assert got["checkin"] == (conn, entry)
    proxied = pool.connect()
    proxied.detach()
    assert got["detach"] == (conn, entry)
    proxied.close()
    assert got["reset"] == (conn, None, PoolResetState(False, True, True))
    assert got["close_detached"] == (conn,)
    pool.connect().invalidate()
    assert got["checkin"] == (None, entry)


def test_events_can_be_given_to_the_constructor() -> None:
    heard: list[Any] = []
    pool = QueuePool(connect, events=[(lambda *values: heard.append(values), "connect")])
    pool.connect().close()
    assert len(heard) == 1


def test_the_class_can_be_listened_to() -> None:
    heard: list[str] = []

    def listener(*values: object) -> None:
        heard.append("checkout")

    listen(Pool, "checkout", listener)
    try:
        QueuePool(connect).connect().close()
    finally:
        remove(Pool, "checkout", listener)
    QueuePool(connect).connect().close()
    assert heard == ["checkout"]


def test_first_connect_happens_once_and_before_the_others_go_on() -> None:
    pool = QueuePool(connect)
    heard: list[str] = []
    met, go_on = threading.Event(), threading.Event()

    def first(conn: object, record: object) -> None:
        met.set()
        go_on.wait(10)
        heard.append("first")

    listen(pool, "first_connect", first)
    listen(pool, "connect", lambda *values: heard.append("connect"))
    one = InThread(pool.connect)
    assert met.wait(10)
    two = InThread(pool.connect)
    until(lambda: len(pool.entries) == 2)
    go_on.set()
    one.result().close()
    two.result().close()
    assert heard == ["first", "connect", "connect"]


def test_first_connect_is_tried_again_if_it_failed() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    attempts: list[int] = []

    def first(conn: object, record: object) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise LookupError("not yet")

    listen(pool, "first_connect", first)
    with pytest.raises(LookupError):
        pool.connect()
    assert pool.checkedout() == 0
    for _ in range(2):
        pool.connect().close()
    pool.dispose()
    pool.connect().close()
    assert len(attempts) == 2


def test_first_connect_may_use_the_pool() -> None:
    pool = QueuePool(connect)
    heard: list[str] = []

    def first(conn: object, record: object) -> None:
        heard.append("first")
        pool.connect().close()

    listen(pool, "first_connect", first)
    pool.connect().close()
    assert heard == ["first"]
    assert pool.checkedin() == 2


def test_a_connection_whose_connect_listener_failed_is_closed() -> None:
    driver = WatchedDriver()
    pool = QueuePool(connect, driver=driver, pool_size=1, max_overflow=0, timeout=0)

    def refuse(conn: object, record: object) -> None:
        raise LookupError("refused")

    listen(pool, "connect", refuse)
    with pytest.raises(LookupError):
        pool.connect()
    assert driver.sent == ["terminate"]
    remove(pool, "connect", refuse)
    pool.connect().close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_a_checkout_listener_may_ask_for_another_connection() -> None:
    """P09: twice refused, the third is taken."""
    pool = QueuePool(connect)
    seen: list[Any] = []

    def refuse(conn: Any, record: object, proxy: object) -> None:
        seen.append(conn)
        if len(seen) < 3:
            raise DisconnectionError("not this one")

    listen(pool, "checkout", refuse)
    heard = record_events(pool)
    proxied = pool.connect()
    assert proxied.dbapi_connection is seen[2]
    assert not is_open(seen[0])
    assert not is_open(seen[1])
    assert is_open(seen[2])
    assert heard.count("connect") == 3
    assert heard.count("invalidate") == 2
    proxied.close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_after_three_refusals_the_checkout_fails() -> None:
    """P09."""
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    seen: list[Any] = []

    def refuse(conn: Any, record: object, proxy: object) -> None:
        seen.append(conn)
        raise DisconnectionError("none is good")

    listen(pool, "checkout", refuse)
    for _ in range(2):
        with pytest.raises(InvalidRequestError, match="This connection is closed"):
            pool.connect()
    assert len(seen) == 6
    assert not any(is_open(conn) for conn in seen)
    assert pool.checkedout() == 0


def test_a_checkout_listener_may_have_the_whole_pool_replaced() -> None:
    pool = QueuePool(connect)
    old = [pool.connect() for _ in range(3)]
    conns = [proxied.dbapi_connection for proxied in old]
    for proxied in old:
        proxied.close()
    refusals = [InvalidatePoolError("all of them")]

    def refuse(conn: object, record: object, proxy: object) -> None:
        if refusals:
            raise refusals.pop()

    listen(pool, "checkout", refuse)
    new = [pool.connect() for _ in range(3)]
    assert not {proxied.dbapi_connection for proxied in new} & set(conns)
    for proxied in new:
        proxied.close()


def test_another_error_in_a_checkout_listener_goes_to_who_called() -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    seen: list[Any] = []

    def fail(conn: Any, record: object, proxy: object) -> None:
        seen.append(conn)
        raise LookupError("a mistake")

    listen(pool, "checkout", fail)
    with pytest.raises(LookupError):
        pool.connect()
    assert not is_open(seen[0])
    remove(pool, "checkout", fail)
    pool.connect().close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_a_reconnect_that_fails_during_checkout_loses_no_place() -> None:
    made: list[int] = []

    def creator() -> sqlite3.Connection:
        made.append(1)
        if len(made) == 2:
            raise sqlite3.OperationalError("gone")
        return connect()

    pool = QueuePool(creator, pool_size=1, max_overflow=0, timeout=0)

    def refuse(conn: object, record: object, proxy: object) -> None:
        if len(made) == 1:
            raise DisconnectionError

    listen(pool, "checkout", refuse)
    with pytest.raises(sqlite3.OperationalError):
        pool.connect()
    pool.connect().close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


@pytest.mark.parametrize("event", ["checkin", "close", "invalidate", "soft_invalidate", "detach"])
def test_a_listener_that_fails_loses_no_connection(event: str) -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)

    def fail(*values: object) -> None:
        raise LookupError(event)

    listen(pool, event, fail)
    proxied = pool.connect()
    with pytest.raises(LookupError):
        {
            "checkin": proxied.close,
            "close": proxied.invalidate,
            "invalidate": proxied.invalidate,
            "soft_invalidate": lambda: proxied.invalidate(soft=True),
            "detach": proxied.detach,
        }[event]()
    proxied.close() if event != "detach" else None
    remove(pool, event, fail)
    pool.connect().close()
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


def test_a_close_listener_that_fails_while_the_pool_is_emptied_stops_no_other_close() -> None:
    pool = QueuePool(connect)
    out = [pool.connect() for _ in range(3)]
    conns = [proxied.dbapi_connection for proxied in out]
    for proxied in out:
        proxied.close()
    failures = [LookupError("once")]

    def fail(*values: object) -> None:
        if failures:
            raise failures.pop()

    listen(pool, "close", fail)
    with pytest.raises(LookupError):
        pool.dispose()
    assert not any(map(is_open, conns))
    assert not pool.entries


def test_a_detached_connection_is_closed_though_a_listener_fails() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    conn = proxied.dbapi_connection

    def fail(*values: object) -> None:
        raise LookupError

    listen(pool, "close_detached", fail)
    proxied.detach()
    with pytest.raises(LookupError):
        proxied.close()
    assert not is_open(conn)


def test_a_listener_that_comes_later_is_heard() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    heard = record_events(pool)
    proxied.close()
    assert heard == ["reset", "checkin"]
