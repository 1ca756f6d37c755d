"""NullPool, StaticPool, SingletonThreadPool, AssertionPool (P02)."""

import gc
import sqlite3
import threading
from typing import Any

import pytest

from tests.core.pool.tools import InThread, connect, is_open, record_events, until
from toolkit_core.errors import DisconnectionError
from toolkit_core.events import listen
from toolkit_core.pool import (
    AssertionPool,
    NullPool,
    Pool,
    QueuePool,
    SingletonThreadPool,
    StaticPool,
)

ALL: list[type[Pool]] = [AssertionPool, NullPool, QueuePool, SingletonThreadPool, StaticPool]


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_lends_resets_replaces_and_closes(kind: type[Pool]) -> None:
    """P02, P14: without an engine."""
    pool = kind(connect)
    proxied = pool.connect()
    assert is_open(proxied.dbapi_connection)
    proxied.close()
    proxied = pool.connect()
    broken = proxied.dbapi_connection
    proxied.invalidate()
    assert not is_open(broken)
    proxied = pool.connect()
    proxied.invalidate(soft=True)
    proxied.close()
    with pool.connect() as proxied:
        assert is_open(proxied.dbapi_connection)
    detached = pool.connect()
    detached.detach()
    with pool.connect() as proxied:
        last = proxied.dbapi_connection
        assert last is not detached.dbapi_connection
    detached.close()
    pool.dispose()
    assert not is_open(last)
    assert not pool.holders()
    other = pool.recreate()
    assert type(other) is kind
    assert other.options() == pool.options()
    other.connect().close()
    other.dispose()


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_survives_a_creator_that_fails(kind: type[Pool]) -> None:
    fails = [True]

    def creator() -> sqlite3.Connection:
        if fails.pop():
            raise sqlite3.OperationalError("unable to open database file")
        return connect()

    pool = kind(creator)
    with pytest.raises(sqlite3.OperationalError):
        pool.connect()
    assert not pool.entries
    fails.append(False)
    pool.connect().close()
    pool.dispose()


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_survives_a_listener_that_refuses(kind: type[Pool]) -> None:
    pool = kind(connect)
    refusals = [DisconnectionError("once")]

    def refuse(*values: object) -> None:
        if refusals:
            raise refusals.pop()

    listen(pool, "checkout", refuse)
    heard = record_events(pool)
    pool.connect().close()
    assert heard.count("connect") == 2
    pool.dispose()


@pytest.mark.parametrize("kind", ALL)
def test_what_is_out_when_the_pool_is_disposed_works_until_it_returns(kind: type[Pool]) -> None:
    pool = kind(connect)
    proxied = pool.connect()
    conn = proxied.dbapi_connection
    pool.dispose()
    if kind is not StaticPool:  # whose connection is shared, so nobody knows who has it
        assert is_open(conn)
        proxied.close()
        assert not is_open(conn)
    else:
        proxied.invalidate()
    pool.connect().close()
    pool.dispose()


def test_the_status_of_each_kind() -> None:
    pool = SingletonThreadPool(connect)
    pool.connect().close()
    assert pool.status() == f"SingletonThreadPool id:{id(pool)} size: 1"
    assert NullPool(connect).status() == "NullPool"
    assert StaticPool(connect).status() == "StaticPool"
    assert AssertionPool(connect).status() == "AssertionPool"


def test_nothing_is_kept_by_a_null_pool() -> None:
    pool = NullPool(connect)
    with pool.connect() as one, pool.connect() as two:
        conns = [one.dbapi_connection, two.dbapi_connection]
        assert len(pool.holders()) == 2
    assert not any(map(is_open, conns))
    assert not pool.entries


def test_a_static_pool_gives_all_the_same_connection() -> None:
    pool = StaticPool(connect)
    one = pool.connect()
    two: Any = InThread(pool.connect).result()
    assert one is not two
    assert one.dbapi_connection is two.dbapi_connection is pool.connection.dbapi_connection
    one.close()
    assert is_open(two.dbapi_connection)
    two.close()


def test_a_static_pool_connects_once_for_many_threads() -> None:
    made = []
    gate = threading.Event()

    def creator() -> sqlite3.Connection:
        gate.wait(10)
        made.append(1)
        return connect()

    pool = StaticPool(creator)
    threads = [InThread(lambda: pool.connect().close()) for _ in range(4)]
    gate.set()
    for thread in threads:
        thread.result()
    assert len(made) == 1


def test_each_thread_has_its_own_connection() -> None:
    pool = SingletonThreadPool(connect)
    with pool.connect() as mine:
        proxied = InThread(pool.connect).result()
        assert proxied.dbapi_connection is not mine.dbapi_connection
        proxied.close()
        first = mine.dbapi_connection
    with pool.connect() as again:
        assert again.dbapi_connection is first


def test_one_threads_checkouts_are_one() -> None:
    pool = SingletonThreadPool(connect)
    one, two = pool.connect(), pool.connect()
    assert one is two
    valid = []
    one.close()
    valid.append(two.is_valid)
    two.give_back(transaction_was_reset=True)
    valid.append(two.is_valid)
    three = pool.connect()
    three.give_back()
    assert [*valid, three.is_valid] == [True, False, False]


def test_connections_of_ended_threads_are_given_up_first() -> None:
    pool = SingletonThreadPool(connect, pool_size=2)
    mine = pool.connect()
    conns = [InThread(lambda: pool.connect().dbapi_connection).result() for _ in range(4)]
    gc.collect()
    assert len(pool.entries) == 2
    assert [is_open(conn) for conn in conns] == [False, False, False, True]
    assert is_open(mine.dbapi_connection)
    mine.close()


def test_a_living_threads_connection_outlasts_that_of_an_ended_one() -> None:
    pool = SingletonThreadPool(connect, pool_size=2)
    with pool.connect() as proxied:
        mine = proxied.dbapi_connection
    ended, last = (InThread(lambda: hold(pool)).result() for _ in range(2))
    assert [is_open(conn) for conn in (mine, ended, last)] == [True, False, True]


def hold(pool: Pool) -> Any:
    with pool.connect() as proxied:
        return proxied.dbapi_connection


def test_connections_in_use_are_not_given_up() -> None:
    pool = SingletonThreadPool(connect, pool_size=1)
    done = threading.Event()

    def hold() -> bool:
        with pool.connect() as proxied:
            done.wait(10)
            return is_open(proxied.dbapi_connection)

    holding = [InThread(hold) for _ in range(3)]
    until(lambda: len(pool.entries) == 3)
    done.set()
    assert all(thread.result() for thread in holding)


def test_an_assertion_pool_tells_where_its_connection_was_taken() -> None:
    pool = AssertionPool(connect)
    proxied = pool.connect()
    with pytest.raises(AssertionError, match="connection is already checked out at:") as caught:
        pool.connect()
    assert "proxied = pool.connect()" in str(caught.value)
    assert "toolkit_core" not in str(caught.value)
    proxied.close()
    pool.connect().close()
    short = AssertionPool(connect, store_traceback=False)
    proxied = short.connect()
    with pytest.raises(AssertionError, match=r"^connection is already checked out$"):
        short.connect()
    proxied.close()
