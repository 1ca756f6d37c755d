"""Dead, old and suspect connections are replaced before anybody gets them (P04, P05, P08)."""

import sqlite3
from types import SimpleNamespace
from typing import Any

import pytest

from tests.core.pool.tools import Clock, WatchedDriver, connect, is_open, record_events
from toolkit_core.pool import QueuePool, StaticPool


def test_a_dead_connection_is_replaced_transparently() -> None:
    """P04."""
    clock, driver = Clock(), WatchedDriver()
    pool = QueuePool(connect, pre_ping=True, driver=driver, clock=clock)
    proxied = pool.connect()
    dead = proxied.dbapi_connection
    proxied.close()
    clock.now += 10
    driver.dead.add(id(dead))
    again = pool.connect()
    assert again.dbapi_connection is not dead
    assert is_open(again.dbapi_connection)
    assert driver.sent == ["rollback", "ping", "terminate"]
    again.close()


def test_a_living_connection_is_kept() -> None:
    clock, driver = Clock(), WatchedDriver()
    pool = QueuePool(connect, pre_ping=True, driver=driver, clock=clock)
    proxied = pool.connect()
    assert driver.sent == [], "a new connection is not asked"
    conn = proxied.dbapi_connection
    proxied.close()
    clock.now += 10
    again = pool.connect()
    assert again.dbapi_connection is conn
    assert driver.sent == ["rollback", "ping"]
    again.close()


def test_a_dead_connection_brings_down_all_that_are_older() -> None:
    """P04: what killed one has killed the others, so they are not even asked."""
    clock, driver = Clock(), WatchedDriver()
    pool = QueuePool(connect, pre_ping=True, driver=driver, clock=clock)
    out = [pool.connect() for _ in range(3)]
    old = {proxied.dbapi_connection for proxied in out}
    for proxied in out:
        proxied.close()
    clock.now += 10
    driver.dead.update(map(id, old))
    driver.sent.clear()
    new = [pool.connect() for _ in range(3)]
    assert driver.sent.count("ping") == 1
    assert not {proxied.dbapi_connection for proxied in new} & old
    for proxied in new:
        proxied.close()


def test_right_after_use_a_connection_counts_as_alive() -> None:
    """Ours: ``ping_idle`` is how long."""
    clock, driver = Clock(), WatchedDriver()
    pool = QueuePool(connect, pre_ping=True, driver=driver, clock=clock)
    pool.connect().close()
    clock.now += 0.4
    pool.connect().close()
    assert "ping" not in driver.sent
    clock.now += 0.6
    pool.connect().close()
    assert driver.sent.count("ping") == 1
    always = QueuePool(connect, pre_ping=True, driver=driver, clock=clock, ping_idle=0)
    driver.sent.clear()
    for _ in range(2):
        always.connect().close()
    assert driver.sent.count("ping") == 1


def test_a_ping_that_fails_for_another_reason_tells_it() -> None:
    class Picky(WatchedDriver):
        def classify(self, error: BaseException, connection: Any, /) -> Any:
            return SimpleNamespace(disconnect=False)

    clock, driver = Clock(), Picky()
    pool = QueuePool(connect, 1, 0, timeout=0, pre_ping=True, driver=driver, clock=clock)
    proxied = pool.connect()
    driver.dead.add(id(proxied.dbapi_connection))
    proxied.close()
    clock.now += 10
    with pytest.raises(sqlite3.OperationalError):
        pool.connect()
    assert pool.checkedout() == 0
    pool.connect().close()


def test_without_an_engine_a_failing_ping_is_a_lost_connection() -> None:
    pool = QueuePool(connect, pre_ping=True, ping_idle=0)
    proxied = pool.connect()
    dead = proxied.dbapi_connection
    proxied.close()
    dead.close()
    again = pool.connect()
    assert is_open(again.dbapi_connection)
    again.close()


def test_an_old_connection_is_recycled() -> None:
    """P05."""
    clock = Clock()
    pool = QueuePool(connect, recycle=60, clock=clock)
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.close()
    clock.now += 60
    same = pool.connect()
    assert same.dbapi_connection is conn
    same.close()
    clock.now += 1
    again = pool.connect()
    assert again.dbapi_connection is not conn
    assert not is_open(conn)
    again.close()


def test_a_generation_can_be_given_up() -> None:
    """P08: the engine does so when a statement meets a lost connection."""
    pool = QueuePool(connect)
    one, two = pool.connect(), pool.connect()
    old = [one.dbapi_connection, two.dbapi_connection]
    one.close()
    pool.invalidate_older_than_now()
    two.close()
    assert all(map(is_open, old)), "they are closed when they would be taken"
    new = [pool.connect(), pool.connect()]
    assert not any(map(is_open, old))
    pool.invalidate_older_than_now()
    for proxied in new:
        proxied.close()


def test_a_connection_made_during_the_invalidation_is_suspect_too() -> None:
    suspects: list[QueuePool] = []

    def creator() -> sqlite3.Connection:
        for pool in suspects:
            pool.invalidate_older_than_now()
        suspects.clear()
        return connect()

    pool = QueuePool(creator)
    suspects.append(pool)
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.close()
    again = pool.connect()
    assert again.dbapi_connection is not conn
    again.close()


def test_replacing_tells_the_listeners() -> None:
    pool = QueuePool(connect)
    pool.connect().close()
    heard = record_events(pool)
    pool.invalidate_older_than_now()
    pool.connect().close()
    assert heard == ["close", "connect", "checkout", "reset", "checkin"]


def test_the_shared_connection_is_replaced_once() -> None:
    clock = Clock()
    pool = StaticPool(connect, recycle=5, clock=clock)
    pool.connect().close()
    clock.now += 10
    one, two = pool.connect(), pool.connect()
    assert one.dbapi_connection is two.dbapi_connection
    assert is_open(one.dbapi_connection)
    one.close()
    two.close()
