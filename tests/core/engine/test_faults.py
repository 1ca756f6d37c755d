"""Faults at the DBAPI's edge in statements and transactions: which error, and what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.core.engine.faulty import Gone, Interrupt, Server, gone, odd, rows
from toolkit import Connection, Engine, ExceptionContext, event, exc, text

INSERT = text("insert into t (x) values (:x)")
SELECT = text("select x from t order by x")
ONE = text("select 1")


@pytest.fixture
def engine(faulty_engine: Engine) -> Engine:
    return faulty_engine


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


def test_a_result_of_a_lost_connection_does_no_harm_to_the_next_one(
    engine: Engine, faults: Server
) -> None:
    with engine.connect() as connection:
        result = connection.execute(SELECT)
        faults.fail("execute", gone())
        with pytest.raises(exc.OperationalError):
            connection.execute(ONE)
        connection.rollback()
        connection.execute(INSERT, {"x": 1})
        with pytest.raises(exc.OperationalError, match="server closed"):
            result.all()
        assert not connection.invalidated
        connection.commit()
    assert rows(engine) == [1]


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
    "close_cursor": lambda connection: connection.execute(SELECT).all(),
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


def test_an_interruption_of_a_block_arrives_though_its_rollback_fails(
    engine: Engine, faults: Server
) -> None:
    def interrupted(connection: Connection) -> None:
        with connection.begin(), connection.begin_nested():
            connection.execute(INSERT, {"x": 1})
            faults.fail("execute", gone())
            raise Interrupt

    with engine.connect() as connection:
        with pytest.raises(Interrupt):
            interrupted(connection)
        assert connection.invalidated
        assert not connection.in_transaction()
        assert connection.execute(SELECT).all() == []


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
