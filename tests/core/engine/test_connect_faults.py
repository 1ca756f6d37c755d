"""Faults at the DBAPI's edge in connecting, pings, isolation levels, retries and the end."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.engine.faulty import (
    PASSWORD,
    Gone,
    Interrupt,
    Server,
    gone,
    handles_of,
    odd,
    rows,
    server,
)
from toolkit import Connection, Engine, ExceptionContext, create_engine, event, exc, text

INSERT = text("insert into t (x) values (:x)")
SELECT = text("select x from t order by x")
ONE = text("select 1")


@pytest.fixture
def engine(faulty_engine: Engine) -> Engine:
    return faulty_engine


# -- connecting -----------------------------------------------------------------------------


@pytest.fixture
def fresh(path: Path) -> Iterator[Engine]:
    """An engine that has not connected yet."""
    engine = create_engine(f"faulty://scott:{PASSWORD}@host{path}", isolation_level="SERIALIZABLE")
    yield engine
    assert engine.pool.checkedout() == 0
    engine.dispose()
    assert not server(engine).open
    assert not handles_of(path)


FIRST_CALLS = ["connect", "prepare", "ask_server", "get_isolation", "set_isolation"]


@pytest.mark.parametrize("call", FIRST_CALLS)
@pytest.mark.parametrize("error", [gone(), odd(), LookupError("no driver's error"), Interrupt()])
def test_what_fails_at_the_first_connect_leaks_nothing_and_can_be_tried_again(
    fresh: Engine, call: str, error: BaseException
) -> None:
    told: list[ExceptionContext] = []
    event.listen(fresh, "handle_error", told.append)
    faults = server(fresh)
    faults.fail(call, error)
    is_drivers = isinstance(error, sqlite3.Error)
    with pytest.raises(exc.OperationalError if is_drivers else type(error)) as caught:
        fresh.connect()
    assert PASSWORD not in str(caught.value)
    if isinstance(caught.value, exc.OperationalError):
        assert caught.value.orig is error
        assert caught.value.connection_invalidated == isinstance(error, Gone)
        assert caught.value.retryable == isinstance(error, Gone)
    assert not faults.open
    assert fresh.pool.checkedout() == 0
    # An interrupt is nobody's error to handle.
    assert len(told) == isinstance(error, Exception)
    if told:
        assert told[0].connection is None
        assert told[0].engine is fresh
        assert not told[0].is_pre_ping
    with fresh.connect() as connection:
        assert connection.execute(ONE).scalar() == 1
        assert fresh.dialect.server_version_info == (7, 1)
        assert fresh.dialect.default_isolation_level == "SERIALIZABLE"


def test_the_server_is_asked_once_however_often_one_connects(fresh: Engine) -> None:
    for _ in range(3):
        with fresh.connect() as first, fresh.connect() as second:
            first.execute(ONE)
            second.execute(ONE)
        fresh.dispose()
    assert server(fresh).calls["ask_server"] == 1
    assert server(fresh).calls["prepare"] == 6


def test_connect_may_fail_and_then_succeed_within_the_limit_of_the_pool(path: Path) -> None:
    engine = create_engine(f"faulty://h{path}", pool_size=1, max_overflow=0, pool_timeout=0.01)
    server(engine).fail("connect", *[gone() for _ in range(5)])
    for _ in range(5):
        with pytest.raises(exc.OperationalError):
            engine.connect()
    with engine.connect():
        assert engine.pool.checkedout() == 1
        with pytest.raises(exc.TimeoutError):
            engine.connect()
    engine.dispose()


def test_reconnecting_may_fail_and_then_succeed(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.invalidate()
        faults.fail("connect", gone())
        faults.restart()
        engine.pool.invalidate_older_than_now()
        with pytest.raises(exc.OperationalError):
            connection.execute(ONE)
        assert connection.invalidated
        assert connection.execute(ONE).scalar() == 1


@pytest.mark.parametrize("name", ["connect", "first_connect", "checkout"])
def test_a_drivers_error_in_a_listener_of_the_pool_is_wrapped(fresh: Engine, name: str) -> None:
    told: list[ExceptionContext] = []
    event.listen(fresh, "handle_error", told.append)

    @event.listens_for(fresh, name)
    def send_nonsense(dbapi_connection: Any, *_: Any) -> None:
        dbapi_connection.execute("selec")

    with pytest.raises(exc.OperationalError, match="syntax error"):
        fresh.connect()
    assert [context.engine for context in told] == [fresh]
    event.remove(fresh, name, send_nonsense)
    with fresh.connect() as connection:
        connection.execute(ONE)


# -- liveness -------------------------------------------------------------------------------


@pytest.fixture
def pinging(path: Path) -> Iterator[Engine]:
    """An engine that pings at each checkout, with an idle connection."""
    engine = create_engine(f"faulty://h{path}", pool_pre_ping=True)
    engine.pool.ping_idle = 0
    with engine.connect():
        pass
    yield engine
    assert engine.pool.checkedout() == 0
    engine.dispose()
    assert not server(engine).open


def test_a_ping_that_finds_the_server_gone_is_not_noticed_by_the_user(pinging: Engine) -> None:
    server(pinging).fail("ping", gone())
    with pinging.connect() as connection:
        assert connection.execute(ONE).scalar() == 1
    assert server(pinging).calls["connect"] == 2


def test_a_ping_that_fails_otherwise_is_an_error_of_the_checkout(pinging: Engine) -> None:
    told: list[ExceptionContext] = []
    event.listen(pinging, "handle_error", told.append)
    server(pinging).fail("ping", odd())
    with pytest.raises(exc.OperationalError, match="odd"):
        pinging.connect()
    assert len(told) == 1
    with pinging.connect() as connection:
        assert connection.execute(ONE).scalar() == 1


def test_handle_error_hears_of_a_ping_that_fails(pinging: Engine) -> None:
    told: list[ExceptionContext] = []
    event.listen(pinging, "handle_error", told.append)
    server(pinging).fail("ping", gone())
    with pinging.connect():
        pass
    assert [context.is_pre_ping for context in told] == [True]


# -- isolation levels -------------------------------------------------------------------------


def test_a_level_that_cannot_be_set_is_a_wrapped_error(
    engine: Engine, faults: Server, told: list[ExceptionContext]
) -> None:
    with engine.connect() as connection:
        faults.fail("set_isolation", gone())
        with pytest.raises(exc.OperationalError) as caught:
            connection.execution_options(isolation_level="AUTOCOMMIT")
        assert caught.value.connection_invalidated
        assert connection.invalidated
        assert "isolation_level" not in connection.get_execution_options()
    assert len(told) == 1


def test_a_level_that_cannot_be_asked_for_is_a_wrapped_error(
    engine: Engine, faults: Server
) -> None:
    with engine.connect() as connection:
        faults.fail("get_isolation", gone())
        with pytest.raises(exc.OperationalError):
            connection.get_isolation_level()
        assert connection.invalidated


def test_a_sibling_engine_whose_level_cannot_be_set_gives_the_connection_back(
    engine: Engine, faults: Server
) -> None:
    faults.fail("set_isolation", odd())
    with pytest.raises(exc.OperationalError, match="odd"):
        engine.execution_options(isolation_level="AUTOCOMMIT").connect()
    assert engine.pool.checkedout() == 0


@pytest.mark.parametrize("error", [gone(), odd()])
def test_nobody_inherits_a_level_that_could_not_be_put_back(
    engine: Engine, faults: Server, error: Exception
) -> None:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="READ UNCOMMITTED")
        changed = connection.connection.dbapi_connection
        faults.fail("set_isolation", error)
    assert changed not in faults.open
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"


def test_the_level_goes_back_though_the_driver_does_not_tell_the_default(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="READ UNCOMMITTED")
        used = connection.connection.dbapi_connection
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.get_isolation_level() == "SERIALIZABLE"
        both = (first.connection.dbapi_connection, second.connection.dbapi_connection)
        assert used in both


def test_the_level_outlives_a_lost_connection(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        faults.fail("execute", gone())
        with pytest.raises(exc.OperationalError):
            connection.execute(ONE)
        connection.rollback()
        connection.execute(INSERT, {"x": 1})
        assert rows(engine) == [1], "what get_execution_options() says is so"
        connection.rollback()


# -- run --------------------------------------------------------------------------------------

PLACES = ["connect", "cursor", "execute", "fetch"]


@pytest.mark.parametrize("call", PLACES)
def test_run_repeats_what_was_lost_before_the_commit(
    engine: Engine, faults: Server, call: str
) -> None:
    tries: list[Connection] = []

    def work(connection: Connection) -> list[Any]:
        tries.append(connection)
        connection.execute(INSERT, {"x": 1})
        return list(connection.execute(SELECT).scalars())

    if call == "connect":
        faults.restart()
        engine.dispose()
    faults.fail(call, gone())
    assert engine.run(work, longest_wait=0.001) == [1]
    assert len(tries) == (1 if call == "connect" else 2)
    assert rows(engine) == [1]


def test_run_never_repeats_what_may_have_been_committed(engine: Engine, faults: Server) -> None:
    tries: list[Connection] = []

    def work(connection: Connection) -> None:
        tries.append(connection)
        connection.execute(INSERT, {"x": len(tries)})

    faults.fail("commit", gone())
    with pytest.raises(exc.OperationalError, match="server closed"):
        engine.run(work, longest_wait=0.001)
    assert len(tries) == 1


def test_run_repeats_a_commit_that_the_server_has_refused(engine: Engine, faults: Server) -> None:
    tries: list[Connection] = []

    def work(connection: Connection) -> None:
        tries.append(connection)
        connection.execute(INSERT, {"x": len(tries)})

    faults.fail("commit", sqlite3.OperationalError("database is locked"))
    engine.run(work, longest_wait=0.001)
    assert rows(engine) == [2]


def test_run_does_not_repeat_for_the_sake_of_a_callback(engine: Engine, faults: Server) -> None:
    tries: list[Connection] = []

    def callback() -> None:
        faults.fail("execute", sqlite3.OperationalError("database is locked"))
        rows(engine)

    def work(connection: Connection) -> None:
        tries.append(connection)
        connection.execute(INSERT, {"x": len(tries)})
        connection.on_commit(callback)

    with pytest.raises(exc.OperationalError, match="locked"):
        engine.run(work, longest_wait=0.001)
    assert rows(engine) == [1]


# -- the end ------------------------------------------------------------------------------------


def test_a_connection_that_does_not_close_well_is_logged(
    engine: Engine, faults: Server, caplog: pytest.LogCaptureFixture
) -> None:
    faults.fail("close", odd(), gone())
    with caplog.at_level(logging.ERROR):
        engine.dispose()
    assert caplog.text.count("Exception closing connection") == 2
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize("error", [gone(), odd(), Interrupt()])
def test_engine_execute_gives_the_connection_back_when_reading_fails(
    engine: Engine, faults: Server, error: BaseException
) -> None:
    faults.fail("fetch", error)
    result = engine.execute(SELECT)
    with pytest.raises((exc.OperationalError, Interrupt)):
        result.all()
    assert engine.pool.checkedout() == 0
    result.close()
