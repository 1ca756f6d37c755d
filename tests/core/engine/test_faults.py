"""Faults at the DBAPI's edge, each at the worst moment: which error comes, and what is left.

After every test nothing may be checked out, no connection open, no file handle left.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.engine.faulty import PASSWORD, Gone, Interrupt, Server, server
from toolkit import Connection, Engine, ExceptionContext, create_engine, event, exc, text

INSERT = text("insert into t (x) values (:x)")
SELECT = text("select x from t order by x")
ONE = text("select 1")


def handles_of(path: Path) -> list[str]:
    """The open file handles on a database and its journal."""
    links = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            links.append(os.readlink(handle))  # noqa: PTH115 - a link to a deleted file, too
        except FileNotFoundError:  # the handle by which we look
            continue
    return [link for link in links if link.startswith(str(path))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    """An engine with a table ``t``, two idle connections, and a server that obeys."""
    engine = create_engine(f"faulty://scott:{PASSWORD}@host{path}")
    with engine.begin() as connection, engine.connect():
        connection.execute(text("create table t (x integer unique)"))
    yield engine
    assert engine.pool.checkedout() == 0, "a connection did not go back"
    assert not engine.pool.holders()
    engine.dispose()
    assert not server(engine).open, "a connection was left open"
    assert not handles_of(path), "a file was left open"


@pytest.fixture
def faults(engine: Engine) -> Server:
    faults = server(engine)
    faults.calls.clear()
    return faults


@pytest.fixture
def told(engine: Engine) -> list[ExceptionContext]:
    """What ``handle_error`` hears."""
    told: list[ExceptionContext] = []
    event.listen(engine, "handle_error", told.append)
    return told


def rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(SELECT).scalars())


def gone() -> Gone:
    return Gone("server closed the connection unexpectedly")


def odd() -> sqlite3.Error:
    return sqlite3.OperationalError("something odd happened")


# -- gone while a statement is sent or read -----------------------------------------------

SENDING: dict[str, Callable[[Connection], Any]] = {
    "cursor": lambda connection: connection.execute(ONE),
    "execute": lambda connection: connection.execute(ONE),
    "executemany": lambda connection: connection.execute(INSERT, [{"x": 1}, {"x": 2}]),
}


@pytest.mark.parametrize("call", SENDING)
@pytest.mark.parametrize("listening", [False, True])
def test_gone_between_checkout_and_execute(
    engine: Engine,
    faults: Server,
    told: list[ExceptionContext],
    call: str,
    listening: bool,
) -> None:
    if listening:
        event.listen(engine, "before_cursor_execute", lambda *_: None)
    with engine.connect() as connection:
        faults.fail(call, gone())
        with pytest.raises(exc.OperationalError, match="server closed the connection") as caught:
            SENDING[call](connection)
        assert caught.value.connection_invalidated
        assert caught.value.retryable
        assert caught.value.hint == "see the server's log"
        assert isinstance(caught.value.orig, Gone)
        assert connection.invalidated
        assert engine.pool.checkedout() == 0, "a lost connection is no longer out"
        with pytest.raises(exc.PendingRollbackError, match="Can't reconnect until invalid"):
            connection.execute(ONE)
        connection.rollback()
        assert connection.execute(ONE).scalar() == 1
    (context,) = told
    assert context.is_disconnect
    assert context.connection is connection
    assert context.sqlalchemy_exception is caught.value


def test_one_lost_connection_makes_the_pool_replace_the_others(
    engine: Engine, faults: Server
) -> None:
    before = set(faults.open)
    with engine.connect() as connection:
        faults.fail("execute", gone())
        with pytest.raises(exc.OperationalError):
            connection.execute(ONE)
    with engine.connect() as first, engine.connect() as second:
        first.execute(ONE)
        second.execute(ONE)
    assert len(faults.open) == 2
    assert before.isdisjoint(faults.open)


def test_a_restarted_server_costs_each_engine_one_error(engine: Engine, faults: Server) -> None:
    faults.restart()
    errors = 0
    for _ in range(4):
        try:
            rows(engine)
        except exc.OperationalError:
            errors += 1
    assert errors == 1


def test_gone_during_a_transaction_undoes_it(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        faults.fail("execute", None, gone())
        connection.execute(INSERT, {"x": 2})
        with pytest.raises(exc.OperationalError):
            connection.execute(INSERT, {"x": 3})
        with pytest.raises(exc.PendingRollbackError):
            connection.commit()
        connection.rollback()
        connection.execute(INSERT, {"x": 4})
        connection.commit()
    assert rows(engine) == [4]


def test_gone_in_a_block_leaves_it_with_the_first_error(engine: Engine, faults: Server) -> None:
    faults.fail("execute", None, gone())

    def insert_twice() -> None:
        with engine.begin() as connection:
            connection.execute(INSERT, {"x": 1})
            connection.execute(INSERT, {"x": 2})

    with pytest.raises(exc.OperationalError, match="server closed"):
        insert_twice()
    assert rows(engine) == []


READING: dict[str, Callable[[Any], Any]] = {
    "fetchone": lambda result: result.fetchone(),
    "fetchmany": lambda result: result.fetchmany(2),
    "all": lambda result: result.all(),
    "iterating": list,
    "partitions": lambda result: list(result.partitions(2)),
    "first": lambda result: result.first(),
    "one": lambda result: result.one(),
    "scalar": lambda result: result.scalar(),
    "scalar_one_or_none": lambda result: result.scalar_one_or_none(),
    "scalars": lambda result: result.scalars().all(),
    "mappings": lambda result: result.mappings().fetchone(),
    "unique": lambda result: result.unique().all(),
    "yield_per": lambda result: result.yield_per(2).all(),
    "freeze": lambda result: result.freeze(),
}


@pytest.mark.parametrize("read", READING)
@pytest.mark.parametrize("options", [{}, {"stream_results": True}, {"yield_per": 2}])
def test_gone_during_fetch(
    engine: Engine,
    faults: Server,
    told: list[ExceptionContext],
    read: str,
    options: dict[str, Any],
) -> None:
    with engine.connect() as connection:
        result = connection.execute(SELECT, execution_options=options)
        faults.fail("fetch", gone())
        with pytest.raises(exc.OperationalError) as caught:
            READING[read](result)
        assert caught.value.connection_invalidated
        assert connection.invalidated
        connection.rollback()
        assert connection.execute(ONE).scalar() == 1
    assert len(told) == 1


@pytest.mark.parametrize("call", ["cursor", "execute", "fetch"])
def test_an_error_that_is_no_disconnect_leaves_connection_and_transaction(
    engine: Engine, faults: Server, told: list[ExceptionContext], call: str
) -> None:
    with engine.begin() as connection:
        connection.execute(INSERT, {"x": 1})
        before = connection.connection.dbapi_connection
        faults.fail(call, odd())
        with pytest.raises(exc.OperationalError, match="something odd") as caught:
            connection.execute(SELECT).all()
        assert not caught.value.connection_invalidated
        assert not connection.invalidated
        assert connection.connection.dbapi_connection is before
    assert rows(engine) == [1]
    assert [context.is_disconnect for context in told] == [False]


# -- gone while a transaction ends --------------------------------------------------------


def test_gone_during_commit(engine: Engine, faults: Server, told: list[ExceptionContext]) -> None:
    called: list[str] = []
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        connection.on_commit(lambda: called.append("callback"))
        faults.fail("commit", gone())
        with pytest.raises(exc.OperationalError) as caught:
            connection.commit()
        assert caught.value.connection_invalidated
        assert connection.invalidated
        with pytest.raises(exc.PendingRollbackError):
            connection.commit()
        connection.rollback()
        assert not connection.in_transaction()
        connection.execute(ONE)
        connection.commit()
    assert rows(engine) == []
    assert called == []
    assert len(told) == 1


def test_a_commit_that_fails_is_rolled_back_by_rollback(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        faults.fail("commit", odd())
        with pytest.raises(exc.OperationalError):
            connection.commit()
        with pytest.raises(exc.PendingRollbackError, match="inactive transaction"):
            connection.execute(ONE)
        connection.rollback()
        assert connection.execute(SELECT).all() == []
        connection.commit()
    assert rows(engine) == []


@pytest.mark.parametrize("in_a_block", [False, True])
def test_a_commit_that_fails_leaves_nothing_to_who_comes_next(
    engine: Engine, faults: Server, in_a_block: bool
) -> None:
    faults.fail("commit", odd())

    def insert() -> None:
        with engine.connect() as connection:
            if in_a_block:
                with connection.begin():
                    connection.execute(INSERT, {"x": 1})
            else:
                connection.execute(INSERT, {"x": 1})
                connection.commit()

    with pytest.raises(exc.OperationalError, match="odd"):
        insert()
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is not None
        assert not connection.connection.dbapi_connection.in_transaction
        assert connection.execute(SELECT).all() == []


def test_a_listener_that_fails_at_commit_leaves_nothing_to_who_comes_next(engine: Engine) -> None:
    @event.listens_for(engine, "commit")
    def refuse(connection: Connection) -> None:
        raise LookupError

    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        with pytest.raises(LookupError):
            connection.commit()
    event.remove(engine, "commit", refuse)
    assert rows(engine) == []


@pytest.mark.parametrize("closing", [False, True])
def test_gone_during_rollback(
    engine: Engine, faults: Server, told: list[ExceptionContext], closing: bool
) -> None:
    connection = engine.connect()
    connection.execute(INSERT, {"x": 1})
    faults.fail("rollback", gone())
    with pytest.raises(exc.OperationalError) as caught:
        (connection.close if closing else connection.rollback)()
    assert caught.value.connection_invalidated
    assert not connection.in_transaction()
    assert connection.closed == closing
    assert connection.invalidated != closing
    assert len(told) == 1
    if not closing:
        assert connection.execute(SELECT).all() == []
        connection.close()
    assert rows(engine) == []


@pytest.mark.parametrize("closing", [False, True])
@pytest.mark.parametrize("listening", [False, True])
def test_a_connection_that_cannot_be_rolled_back_is_thrown_away_alone(
    engine: Engine, faults: Server, closing: bool, listening: bool
) -> None:
    if listening:
        event.listen(engine, "rollback", lambda connection: None)
    connection = engine.connect()
    connection.execute(INSERT, {"x": 1})
    lost = connection.connection.dbapi_connection
    others = {open_one for open_one in faults.open if open_one is not lost}
    faults.fail("rollback", odd())
    with pytest.raises(exc.OperationalError, match="odd") as caught:
        (connection.close if closing else connection.rollback)()
    assert caught.value.connection_invalidated
    connection.close()
    assert lost not in faults.open
    with engine.connect() as first, engine.connect() as second:
        kept = {first.connection.dbapi_connection, second.connection.dbapi_connection}
    assert others <= kept, "the others are as good as before"
    assert rows(engine) == []


def test_a_listener_that_fails_at_rollback_does_not_keep_it_from_being_sent(
    engine: Engine,
) -> None:
    @event.listens_for(engine, "rollback")
    def refuse(connection: Connection) -> None:
        raise LookupError

    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        with pytest.raises(LookupError):
            connection.rollback()
        event.remove(engine, "rollback", refuse)
        assert connection.execute(SELECT).all() == []
        connection.commit()
    assert rows(engine) == []


# -- savepoints -----------------------------------------------------------------------------


def test_gone_while_a_savepoint_is_set(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        faults.fail("execute", gone())
        with pytest.raises(exc.OperationalError):
            connection.begin_nested()
        assert not connection.in_nested_transaction()
        assert connection.invalidated
        connection.rollback()
    assert rows(engine) == []


def test_a_release_that_fails_can_be_rolled_back(engine: Engine, faults: Server) -> None:
    with engine.begin() as connection:
        connection.execute(INSERT, {"x": 1})
        savepoint = connection.begin_nested()
        connection.execute(INSERT, {"x": 2})
        faults.fail("execute", odd())
        with pytest.raises(exc.OperationalError):
            savepoint.commit()
        with pytest.raises(exc.PendingRollbackError, match="inactive nested transaction"):
            connection.execute(INSERT, {"x": 3})
        savepoint.rollback()
        connection.execute(INSERT, {"x": 4})
    assert rows(engine) == [1, 4]


def test_an_outer_savepoint_undoes_an_inner_one_whose_release_failed(
    engine: Engine, faults: Server
) -> None:
    with engine.begin() as connection:
        connection.execute(INSERT, {"x": 1})
        outer = connection.begin_nested()
        inner = connection.begin_nested()
        connection.execute(INSERT, {"x": 2})
        faults.fail("execute", odd())
        with pytest.raises(exc.OperationalError):
            inner.commit()
        outer.rollback()
    assert rows(engine) == [1]


def test_what_could_not_be_undone_cannot_be_committed(engine: Engine, faults: Server) -> None:
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        savepoint = connection.begin_nested()
        connection.execute(INSERT, {"x": 2})
        faults.fail("execute", odd())
        with pytest.raises(exc.OperationalError):
            savepoint.rollback()
        with pytest.raises(exc.PendingRollbackError):
            connection.execute(INSERT, {"x": 3})
        with pytest.raises(exc.PendingRollbackError):
            connection.commit()
        connection.rollback()
    assert rows(engine) == []


# -- interrupted ----------------------------------------------------------------------------


INTERRUPTED: dict[str, Callable[[Connection], Any]] = {
    "cursor": lambda connection: connection.execute(SELECT),
    "execute": lambda connection: connection.execute(SELECT),
    "fetch": lambda connection: connection.execute(SELECT).all(),
    "commit": lambda connection: connection.commit(),
    "rollback": lambda connection: connection.rollback(),
}


@pytest.mark.parametrize("call", INTERRUPTED)
def test_an_interrupt_passes_as_it_is_and_costs_only_this_connection(
    engine: Engine, faults: Server, told: list[ExceptionContext], call: str
) -> None:
    with engine.connect() as connection:
        connection.execute(INSERT, {"x": 1})
        lost = connection.connection.dbapi_connection
        others = {open_one for open_one in faults.open if open_one is not lost}
        faults.fail(call, Interrupt())
        with pytest.raises(Interrupt):
            INTERRUPTED[call](connection)
        assert connection.invalidated
        connection.rollback()
        assert connection.execute(SELECT).all() == []
        assert others <= set(faults.open)
    assert lost not in faults.open
    assert [context.is_disconnect for context in told] == [True]
    assert [context.sqlalchemy_exception for context in told] == [None]


@pytest.mark.parametrize("raised", [LookupError, Interrupt])
def test_a_handle_error_listener_that_fails_keeps_nothing_alive(
    engine: Engine, faults: Server, raised: type[BaseException]
) -> None:
    @event.listens_for(engine, "handle_error")
    def fail(context: ExceptionContext) -> None:
        raise raised

    with engine.connect() as connection:
        faults.fail("execute", gone())
        with pytest.raises(raised):
            connection.execute(ONE)
        assert connection.invalidated
        assert engine.pool.checkedout() == 0


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


@pytest.mark.xfail(
    reason="pool/ready.py pings without telling the engine: handle_error hears no pre-ping",
    raises=AssertionError,
    strict=True,
)
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
