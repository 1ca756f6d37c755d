"""What a user holds, and the record behind it (P09, P14)."""

import copy
import sqlite3

import pytest

from tests.core.pool.tools import WatchedDriver, connect, is_open
from toolkit_core.errors import InvalidRequestError, SAWarning
from toolkit_core.pool import (
    ConnectionPoolEntry,
    ManagesConnection,
    PoolProxiedConnection,
    QueuePool,
    _ConnectionFairy,
    _ConnectionRecord,
)


def test_attributes_are_those_of_the_dbapi_connection() -> None:
    with QueuePool(connect).connect() as proxied:
        assert proxied.execute("select 1").fetchone() == (1,)
        assert proxied.cursor().execute("select 2").fetchone() == (2,)
        assert proxied.total_changes == 0
        assert not hasattr(proxied, "no_such_attribute")


def test_dbapi_and_driver_connection_are_the_drivers() -> None:
    """P14."""
    proxied = QueuePool(connect).connect()
    assert isinstance(proxied.dbapi_connection, sqlite3.Connection)
    assert proxied.driver_connection is proxied.dbapi_connection
    assert isinstance(proxied, ManagesConnection)
    assert isinstance(proxied.entry, ManagesConnection)
    assert proxied.entry.driver_connection is proxied.dbapi_connection
    proxied.close()
    assert proxied.driver_connection is None


def test_an_adapted_driver_tells_the_connection_behind() -> None:
    class Adapting(WatchedDriver):
        def get_driver_connection(self, connection: object) -> str:
            return "behind"

    proxied = QueuePool(connect, driver=Adapting()).connect()
    assert proxied.driver_connection == "behind"
    proxied.close()


def test_the_older_names_mean_the_same() -> None:
    assert _ConnectionFairy is PoolProxiedConnection
    assert _ConnectionRecord is ConnectionPoolEntry


def test_closing_returns_the_connection_once() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    proxied.close()
    proxied.close()
    assert (proxied.is_valid, proxied.is_detached, proxied.dbapi_connection) == (False, True, None)
    assert pool.checkedin() == 1


def test_a_closed_connection_says_so() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    proxied.close()
    with pytest.raises(InvalidRequestError, match="This connection is closed"):
        proxied.cursor()
    with pytest.raises(AttributeError, match="This connection is closed"):
        proxied.execute("select 1")
    assert (proxied.info, proxied.record_info, proxied.last_statement) == ({}, None, None)


def test_a_with_block_returns_the_connection() -> None:
    pool = QueuePool(connect)
    with pytest.raises(LookupError), pool.connect():
        raise LookupError
    assert pool.checkedin() == 1


def test_info_lives_as_long_as_the_dbapi_connection() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    proxied.info["user"] = "Ann"
    assert proxied.record_info is not None
    proxied.record_info["place"] = 1
    assert proxied.info is proxied.entry.info  # type: ignore[union-attr]  # it is out
    proxied.close()
    again = pool.connect()
    assert again.info == {"user": "Ann"}
    again.invalidate()
    anew = pool.connect()
    assert anew.info == {}
    assert anew.record_info == {"place": 1}
    anew.close()


def test_an_invalidated_connection_is_replaced() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.invalidate(ValueError("broken"))
    assert not proxied.is_valid
    assert not is_open(conn)
    assert (pool.checkedin(), pool.checkedout()) == (1, 0)
    with pytest.warns(SAWarning, match="Can't invalidate an already-closed connection"):
        proxied.invalidate()
    again = pool.connect()
    assert is_open(again.dbapi_connection)
    again.close()


def test_a_softly_invalidated_connection_works_until_it_is_returned() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    proxied.invalidate(soft=True)
    assert proxied.is_valid
    assert is_open(conn)
    proxied.close()
    again = pool.connect()
    assert again.dbapi_connection is not conn
    assert not is_open(conn)
    again.close()


def test_a_record_invalidated_behind_ones_back_is_returned_in_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    assert proxied.entry is not None
    proxied.entry.invalidate()
    assert proxied.entry.dbapi_connection is None
    proxied.close()
    assert not caplog.records
    with pool.connect() as again:
        assert is_open(again.dbapi_connection)


def test_a_detached_connection_is_closed_for_good() -> None:
    driver = WatchedDriver()
    pool = QueuePool(connect, pool_size=1, max_overflow=0, timeout=0, driver=driver)
    proxied = pool.connect()
    proxied.info["a"] = 1
    conn = proxied.dbapi_connection
    proxied.detach()
    proxied.detach()
    assert (proxied.is_detached, proxied.is_valid) == (True, True)
    assert (proxied.info, proxied.record_info) == ({"a": 1}, None)
    assert proxied.driver_connection is conn
    pool.connect().close()  # the place is free again
    assert proxied.info == {"a": 1}
    driver.sent.clear()
    proxied.close()
    assert driver.sent == ["rollback", "close"]
    assert not is_open(conn)


def test_a_detached_connection_can_be_invalidated() -> None:
    driver = WatchedDriver()
    proxied = QueuePool(connect, driver=driver).connect()
    proxied.detach()
    proxied.invalidate(soft=True)
    valid = [proxied.is_valid]
    proxied.invalidate()
    assert [*valid, proxied.is_valid] == [True, False]
    assert driver.sent == ["terminate"]


def test_in_use_tells_whether_the_record_is_out() -> None:
    proxied = QueuePool(connect).connect()
    entry = proxied.entry
    assert entry is not None
    told = [entry.in_use]
    proxied.close()
    assert [*told, entry.in_use] == [True, False]


def test_a_copy_is_no_second_owner() -> None:
    pool = QueuePool(connect)
    proxied = pool.connect()
    with pytest.raises(TypeError):
        copy.copy(proxied)
    proxied.close()
    assert pool.checkedin() == 1
