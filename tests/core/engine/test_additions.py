"""What goes beyond the documented contract: callbacks, retries, timeouts, cancelling."""

from __future__ import annotations

import threading
import time

import pytest

from toolkit import Connection, Engine, create_engine, exc, text

# Counts for as long as nobody stops it.
FOREVER = text(
    "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
)


def count(connection: Connection) -> int:
    return int(connection.execute(text("select count(*) from t")).scalar_one())


def test_on_commit_runs_after_the_commit_of_the_outermost_transaction(engine: Engine) -> None:
    seen: list[int] = []
    with engine.connect() as connection, engine.connect() as other:
        connection.execute(text("insert into t (x) values (1)"))
        connection.on_commit(lambda: seen.append(count(other)))
        with connection.begin_nested():
            connection.execute(text("insert into t (x) values (2)"))
        assert seen == []
        connection.commit()
        assert seen == [2]
        connection.execute(text("insert into t (x) values (3)"))
        other.rollback()
        connection.commit()
        assert seen == [2], "it is called once"


def test_on_commit_is_forgotten_by_a_rollback(engine: Engine) -> None:
    seen: list[str] = []
    with engine.connect() as connection:
        connection.on_commit(lambda: seen.append("root"))
        connection.rollback()
        connection.execute(text("select 1"))
        connection.commit()
    assert seen == []


def test_on_commit_of_a_savepoint_that_is_rolled_back_is_forgotten_alone(engine: Engine) -> None:
    seen: list[str] = []
    with engine.begin() as connection:
        connection.on_commit(lambda: seen.append("outer"))
        savepoint = connection.begin_nested()
        connection.on_commit(lambda: seen.append("inner"))
        savepoint.rollback()
    assert seen == ["outer"]


def test_savepoints_hold_without_a_recipe(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(text("insert into t (x) values (1)"))
        connection.rollback()
        assert count(connection) == 0


def test_ending_an_outer_savepoint_ends_the_inner_one(engine: Engine) -> None:
    with engine.connect() as connection:
        outer, inner = connection.begin_nested(), connection.begin_nested()
        outer.rollback()
        assert not inner.is_active
        with pytest.raises(exc.InvalidRequestError, match="This nested transaction is inactive"):
            inner.commit()
        assert not connection.in_nested_transaction()
        assert connection.in_transaction()


def test_run_commits_what_the_work_did(engine: Engine) -> None:
    def work(connection: Connection) -> str:
        connection.execute(text("insert into t (x) values (1)"))
        return "done"

    assert engine.run(work) == "done"
    with engine.connect() as connection:
        assert count(connection) == 1


@pytest.mark.backend("sqlite")
def test_run_tries_again_while_the_database_is_busy(engine: Engine) -> None:
    impatient = create_engine(engine.url, connect_args={"timeout": 0})
    blocker = engine.connect()
    blocker.execute(text("insert into t (x) values (1)"))
    tries = []

    def work(connection: Connection) -> None:
        tries.append(connection)
        if len(tries) == 2:
            blocker.commit()
            blocker.close()
        connection.execute(text("insert into t (x) values (2)"))

    impatient.run(work, retries=5)
    assert len(tries) == 2
    assert tries[0] is not tries[1], "each try has a connection of its own"
    assert impatient.pool.checkedout() == 0
    impatient.dispose()


@pytest.mark.backend("sqlite")
def test_run_gives_up_after_its_retries(engine: Engine) -> None:
    impatient = create_engine(engine.url, connect_args={"timeout": 0})
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("insert into t (x) values (2)"))

    with engine.connect() as blocker:
        blocker.execute(text("insert into t (x) values (1)"))
        with pytest.raises(exc.OperationalError, match="database is locked") as caught:
            impatient.run(work, retries=2)
    assert len(tries) == 3
    assert caught.value.retryable
    impatient.dispose()


def test_run_does_not_repeat_what_cannot_succeed(engine: Engine) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("insert into t (id) values (1), (1)"))

    with pytest.raises(exc.IntegrityError):
        engine.run(work)
    assert len(tries) == 1


@pytest.mark.backend("sqlite", "postgresql")
def test_a_statement_that_takes_too_long_is_stopped_and_the_connection_lives(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.QueryTimeout):
            connection.execute(FOREVER, execution_options={"timeout": 0.02})
        connection.rollback()
        assert connection.execute(text("select 1")).scalar() == 1


@pytest.mark.backend("sqlite", "postgresql")
def test_a_timeout_may_be_set_for_a_connection_or_an_engine(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(exc.QueryTimeout):
        connection.execution_options(timeout=0.02).execute(FOREVER)
    with (
        engine.execution_options(timeout=0.02).connect() as connection,
        pytest.raises(exc.QueryTimeout),
    ):
        connection.execute(FOREVER)


@pytest.mark.backend("sqlite", "postgresql")
def test_cancel_from_another_thread_stops_the_statement(engine: Engine) -> None:
    with engine.connect() as connection:

        def stop() -> None:
            # Until the statement runs there is nothing to cancel, so ask again.
            while not done.wait(0.005):
                connection.cancel()

        done = threading.Event()
        thread = threading.Thread(target=stop)
        thread.start()
        try:
            with pytest.raises(exc.QueryCancelled):
                connection.execute(FOREVER)
        finally:
            done.set()
            thread.join()
        connection.rollback()
        assert connection.execute(text("select 1")).scalar() == 1


@pytest.mark.backend("sqlite")
def test_a_second_thread_is_refused_while_a_statement_runs(engine: Engine) -> None:
    refused: list[BaseException] = []
    with engine.connect() as connection:

        def intrude() -> None:
            try:
                while not refused:
                    connection.execute(text("select 1"))
                    time.sleep(0.001)
            except exc.InvalidRequestError as error:
                refused.append(error)

        running = threading.Event()

        def is_running() -> int:
            running.set()
            return 1

        def intrude_when_running() -> None:
            running.wait()
            intrude()

        connection.connection.dbapi_connection.create_function("running", 0, is_running)
        thread = threading.Thread(target=intrude_when_running)
        thread.start()
        slow = text(
            "with recursive n(i) as (select running() union all select i + 1 from n "
            "where i < 3000000) select count(*) from n"
        )
        assert connection.execute(slow).scalar() == 3000000
        thread.join()
    assert "in use by thread" in str(refused[0])
    assert "engine.connect() opens another" in str(refused[0])


@pytest.mark.backend("sqlite")
def test_sqlite_begin_takes_the_write_lock_at_once(engine: Engine) -> None:
    eager = create_engine(engine.url, sqlite_begin="IMMEDIATE", connect_args={"timeout": 0})
    with eager.connect() as first, eager.connect() as second:
        first.begin()
        with pytest.raises(exc.OperationalError, match="database is locked"):
            second.begin()
    eager.dispose()


def test_sqlite_begin_refuses_an_unknown_mode() -> None:
    with pytest.raises(exc.ArgumentError, match="one of DEFERRED, IMMEDIATE, EXCLUSIVE"):
        create_engine("sqlite://", sqlite_begin="LATER")


@pytest.mark.backend("sqlite")
def test_two_phase_is_refused_by_name_before_anything_is_sent(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.InvalidRequestError, match=r"sqlite.*two-phase"):
            connection.begin_twophase()
        assert not connection.in_transaction()


@pytest.mark.backend("sqlite")
@pytest.mark.parametrize(
    ("sql", "kind", "error", "table", "columns"),
    [
        ("insert into t (x) values (1), (1)", "unique", "UniqueViolation", "t", ("x",)),
        ("insert into t (id) values (1), (1)", "unique", "UniqueViolation", "t", ("id",)),
        ("insert into n values (null, 1, 1)", "not null", "NotNullViolation", "n", ("a",)),
        ("insert into n values (1, -1, 1)", "check", "CheckViolation", None, ()),
        ("insert into n values (1, 1, 99)", "foreign key", "ForeignKeyViolation", None, ()),
    ],
)
def test_an_integrity_error_tells_what_was_violated(
    engine: Engine, sql: str, kind: str, error: str, table: str | None, columns: tuple[str, ...]
) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("pragma foreign_keys = on")
        connection.exec_driver_sql(
            "create table n (a integer not null, b integer constraint positive check (b > 0), "
            "c integer references t)"
        )
        with pytest.raises(exc.IntegrityError) as caught:
            connection.execute(text(sql))
    assert type(caught.value).__name__ == error
    if (kind, columns) == ("unique", ("id",)):
        kind = "primary key"
    assert caught.value.kind == kind
    assert caught.value.table == table
    assert caught.value.columns == columns
    if kind == "check":
        assert caught.value.constraint == "positive"
    assert not caught.value.retryable


def test_the_holders_of_connections_are_told_with_their_last_statement(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("select 42"))
        (holder,) = engine.pool.holders()
        assert holder.last_statement == "select 42"
        assert holder.filename == __file__
    assert engine.pool.holders() == []
