"""What is sent when a connection returns (P06)."""

import sqlite3
from typing import Any

import pytest

from tests.core.pool.tools import WatchedDriver, connect, is_open
from toolkit_core.errors import ArgumentError
from toolkit_core.events import PoolResetState, listen
from toolkit_core.pool import QueuePool


@pytest.mark.parametrize(
    ("reset_on_return", "sent"),
    [
        (True, ["rollback"]),
        ("rollback", ["rollback"]),
        (1, ["rollback"]),
        ("commit", ["commit"]),
        (None, []),
        (False, []),
        ("none", []),
    ],
)
@pytest.mark.parametrize("watched", [True, False])
def test_reset_on_return(reset_on_return: Any, sent: list[str], watched: bool) -> None:
    """P06; the same whether somebody listens or not."""
    driver = WatchedDriver()
    pool = QueuePool(connect, reset_on_return=reset_on_return, driver=driver)
    if watched:
        listen(pool, "checkin", lambda *values: None)
    pool.connect().close()
    assert driver.sent == sent


def test_an_unknown_way_to_reset_is_refused() -> None:
    with pytest.raises(ArgumentError, match="Invalid value for 'reset_on_return': 'maybe'"):
        QueuePool(connect, reset_on_return="maybe")


def test_uncommitted_work_is_rolled_back(tmp_path: Any) -> None:
    pool = QueuePool(lambda: sqlite3.connect(tmp_path / "test.db"))
    with pool.connect() as proxied:
        proxied.execute("create table t (x)")
        proxied.execute("insert into t values (1)")
        assert proxied.in_transaction
    with pool.connect() as proxied:
        assert not proxied.in_transaction
        assert proxied.execute("select * from t").fetchall() == []


@pytest.mark.parametrize(("style", "sent"), [("rollback", []), ("commit", ["commit"]), (None, [])])
@pytest.mark.parametrize("watched", [True, False])
def test_a_transaction_that_is_over_is_not_rolled_back_again(
    style: Any, sent: list[str], watched: bool
) -> None:
    """P06: the engine has sent its own rollback, and says so."""
    driver = WatchedDriver()
    pool = QueuePool(connect, reset_on_return=style, driver=driver)
    states: list[PoolResetState] = []
    if watched:
        listen(pool, "reset", lambda conn, record, state: states.append(state))
    pool.connect().give_back(transaction_was_reset=True)
    assert driver.sent == sent
    assert pool.checkedin() == 1
    if watched:
        assert states == [PoolResetState(True, False, True)]


def test_giving_back_works_in_every_state() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    proxied.give_back()
    proxied.give_back(transaction_was_reset=True)
    assert pool.checkedin() == 1
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.detach()
    proxied.give_back(transaction_was_reset=True)
    assert not is_open(conn)


def test_a_reset_listener_is_called_before_the_reset() -> None:
    """P06: with ``reset_on_return=None`` it may send something of its own."""
    driver = WatchedDriver()
    pool = QueuePool(connect, driver=driver)
    listen(pool, "reset", lambda conn, record, state: driver.sent.append("listener"))
    pool.connect().close()
    assert driver.sent == ["listener", "rollback"]


@pytest.mark.parametrize("watched", [True, False])
def test_a_connection_that_cannot_be_reset_is_thrown_away(
    watched: bool, caplog: pytest.LogCaptureFixture
) -> None:
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0)
    if watched:
        listen(pool, "checkin", lambda *values: None)
    proxied = pool.connect()
    proxied.dbapi_connection.close()
    proxied.close()
    assert "Exception during reset or similar" in caplog.text
    with pool.connect() as again:
        assert is_open(again.dbapi_connection)
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)


@pytest.mark.parametrize("watched", [True, False])
def test_an_interrupt_during_the_reset_loses_no_place(
    watched: bool, caplog: pytest.LogCaptureFixture
) -> None:
    class Interrupted(WatchedDriver):
        def rollback(self, connection: Any, /) -> None:
            raise KeyboardInterrupt

    driver = Interrupted()
    pool = QueuePool(connect, driver=driver, pool_size=1, max_overflow=0, timeout=0)
    if watched:
        listen(pool, "checkin", lambda *values: None)
    proxied = pool.connect()
    with pytest.raises(KeyboardInterrupt):
        proxied.close()
    assert driver.sent == ["terminate"]
    assert pool.checkedout() == 0
    assert not proxied.is_valid


def test_a_close_that_fails_is_logged_and_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(WatchedDriver):
        def close(self, connection: Any, /) -> None:
            raise sqlite3.OperationalError("cannot close")

    pool = QueuePool(connect, driver=Failing())
    pool.connect().close()
    pool.dispose()
    assert "Exception closing connection" in caplog.text
    assert pool.checkedin() == 0
