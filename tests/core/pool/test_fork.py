"""A child process and its parent's connections (P10)."""

import os
import pickle
import sqlite3
import threading
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from tests.core.pool.tools import InThread, WatchedDriver, connect, is_open, record_events, until
from toolkit_core.pool import (
    AssertionPool,
    NullPool,
    Pool,
    QueuePool,
    SingletonThreadPool,
    StaticPool,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

ALL: list[type[Pool]] = [AssertionPool, NullPool, QueuePool, SingletonThreadPool, StaticPool]


def in_child(function: Callable[[], Any]) -> Any:
    """Return what a function returns in a child process."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # From 3.12 a fork beside threads is warned of; this is what is tested here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            answer = pickle.dumps(function())
        except BaseException:  # noqa: BLE001 - it is the parent's to report
            answer = pickle.dumps(AssertionError(traceback.format_exc()))
        os.write(writing, answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    value = pickle.loads(answer)
    if isinstance(value, AssertionError):
        raise value
    return value


@pytest.mark.parametrize("kind", ALL)
def test_a_child_starts_with_an_empty_pool(kind: type[Pool]) -> None:
    """P10: without dispose(close=False), which one forgets."""
    driver = WatchedDriver()
    pool = kind(connect, driver=driver)
    with pool.connect() as proxied:
        conn = proxied.dbapi_connection

    def child() -> tuple[bool, int, list[str]]:
        before = len(pool.entries)
        driver.sent.clear()
        with pool.connect() as proxied:
            return proxied.dbapi_connection is conn, before, driver.sent.copy()

    assert in_child(child) == (False, 0, [])
    with pool.connect() as proxied:
        assert is_open(proxied.dbapi_connection)
    pool.dispose()


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("ending", ["close", "invalidate", "lose", "detach"])
def test_what_was_out_at_the_fork_is_left_alone_by_the_child(kind: type[Pool], ending: str) -> None:
    """P10: nothing is sent on it, not even a goodbye."""
    driver = WatchedDriver()
    pool = kind(connect, driver=driver)
    heard = record_events(pool)
    held: list[Any] = [pool.connect()]
    conn = held[0].dbapi_connection

    def child() -> tuple[list[str], list[str], bool]:
        driver.sent.clear()
        heard.clear()
        if ending == "lose":
            held.clear()
        else:
            getattr(held[0], ending)()
            held[0].close()
        sent, told = driver.sent.copy(), heard.copy()
        with pool.connect() as proxied:
            return sent, told, proxied.dbapi_connection is conn

    assert in_child(child) == ([], [], False)
    assert is_open(conn)
    held[0].close()
    pool.dispose()


def test_the_child_of_a_busy_parent_is_not_blocked() -> None:
    """Locks that other threads held at the fork, and threads that waited, are gone."""
    pool = QueuePool(connect, pool_size=1, max_overflow=0)
    held = pool.connect()
    waiting = InThread(pool.connect)
    until(lambda: len(pool._state.waiting) == 1)
    locked, done = threading.Event(), threading.Event()

    def lock() -> None:
        with pool.lock, pool._introducing:
            locked.set()
            done.wait(10)

    locking = InThread(lock)
    locked.wait(10)

    def child() -> tuple[int, int]:
        with pool.connect():
            held.close()
            out = pool.checkedout()
        return out, pool.checkedin()

    assert in_child(child) == (1, 1)
    done.set()
    locking.result()
    held.close()
    waiting.result().close()


def test_parent_and_child_write_to_one_file(tmp_path: Any) -> None:
    pool = QueuePool(lambda: sqlite3.connect(tmp_path / "test.db", timeout=10))
    with pool.connect() as proxied:
        proxied.execute("create table t (x)")

    def write() -> bool:
        with pool.connect() as proxied:
            proxied.execute("insert into t values (1)")
            proxied.commit()
        return True

    assert all(in_child(write) for _ in range(3))
    with pool.connect() as proxied:
        assert proxied.execute("select count(*) from t").fetchone() == (3,)
    pool.dispose()
