"""Connections that nobody closed (P11)."""

import gc
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.core.pool.tools import InThread, WatchedDriver, connect, is_open, until
from toolkit_core.errors import SAWarning
from toolkit_core.events import PoolResetState, listen
from toolkit_core.pool import NullPool, QueuePool, SingletonThreadPool


def test_a_lost_connection_is_rolled_back_returned_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """P11."""
    driver = WatchedDriver()
    pool = QueuePool(connect, driver=driver)
    pool.connect()
    gc.collect()
    assert driver.sent == ["rollback"]
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.name == "toolkit.pool.impl.QueuePool"
    text = record.getMessage()
    assert text.startswith(
        "The garbage collector is trying to clean up non-checked-in connection <sqlite3.Connection"
    )
    assert "either by calling ``close()`` or by using appropriate context managers" in text
    assert "test_lost.py:" in text


def test_a_lost_asynchronous_connection_is_terminated(caplog: pytest.LogCaptureFixture) -> None:
    """P11: nobody is there who could await a rollback."""
    driver = WatchedDriver(is_async=True)
    pool = QueuePool(connect, driver=driver)
    states: list[PoolResetState] = []
    listen(pool, "reset", lambda conn, record, state: states.append(state))
    with pytest.warns(SAWarning, match="which will be terminated"):
        pool.connect()  # and it is gone
    assert driver.sent == ["terminate"]
    assert states == [PoolResetState(False, True, False)]
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)
    assert len(caplog.records) == 1


@pytest.mark.parametrize("kind", [NullPool, SingletonThreadPool])
def test_other_pools_get_theirs_back_too(
    kind: type[NullPool], caplog: pytest.LogCaptureFixture
) -> None:
    pool = kind(connect)
    pool.connect()
    gc.collect()
    assert not pool.holders()
    assert len(caplog.records) == 1


def test_a_connection_lost_in_a_cycle_goes_to_who_waits(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0)
    cycle: list[object] = [pool.connect()]
    cycle.append(cycle)
    waiting = InThread(pool.connect)
    until(lambda: len(pool._state.waiting) == 1)
    del cycle
    gc.collect()
    waiting.result().close()
    assert pool.checkedin() == 1
    assert len(caplog.records) == 1


def test_a_connection_lost_while_the_pool_is_settled_is_settled_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The collector may strike anywhere, also in the thread that holds the pool's lock."""
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    losing: list[object] = [pool.connect()]
    real = pool._state

    class Struck:
        """A state whose settling the collector interrupts, once."""

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def settle(self) -> object:
            settled = real.settle()
            losing.clear()
            return settled

    state = Struck()
    for entry in pool.entries:
        entry.state = state
    pool._state = state  # type: ignore[assignment]  # it behaves as one
    pool.connect().close()  # gets what was lost while it queued up
    assert not losing
    assert pool.checkedout() == 0
    assert len(caplog.records) == 1


def test_a_detached_connection_is_not_the_pools_to_save(caplog: pytest.LogCaptureFixture) -> None:
    proxied = QueuePool(connect).connect()
    conn = proxied.dbapi_connection
    proxied.detach()
    del proxied
    gc.collect()
    assert is_open(conn)
    assert not caplog.records


def test_the_end_of_the_program_is_no_loss() -> None:
    """Who lets a script end with a connection open reads nothing of it."""
    script = (
        "import sqlite3; from toolkit_core.pool import QueuePool;"
        "kept = QueuePool(lambda: sqlite3.connect(':memory:')).connect();"
        "also = [kept]; also.append(also)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == ("", "")


def test_a_listener_that_fails_while_a_connection_is_saved_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = QueuePool(connect, driver=WatchedDriver(is_async=True))

    def fail(*values: object) -> None:
        raise LookupError

    listen(pool, "reset", fail)
    pool.connect()
    assert "Exception while saving connection" in caplog.text
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


@pytest.fixture(autouse=True)
def _collected_before() -> Iterator[None]:
    gc.collect()
    yield
    gc.collect()
