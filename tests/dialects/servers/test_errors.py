"""What a server's errors mean, the same on every server."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.containers.backend import Backend
from toolkit import Connection, Engine, exc, text

pytestmark = pytest.mark.backend("postgresql", "mysql", "mariadb")

VIOLATIONS: dict[str, tuple[type[Exception], str, tuple[str, ...], set[str | None]]] = {
    "insert into thing values (1, 9, 9)": (
        exc.UniqueViolation,
        "primary key",
        ("id",),
        {"thing_pkey", "PRIMARY"},
    ),
    "insert into thing values (9, 1, 1)": (
        exc.UniqueViolation,
        "unique",
        ("x", "y"),
        {"thing_uq"},
    ),
    "insert into thing values (9, null, 9)": (exc.NotNullViolation, "not null", ("x",), {None}),
    "insert into thing values (9, 9, -9)": (exc.CheckViolation, "check", (), {"thing_ck"}),
}


@pytest.mark.parametrize("sql", VIOLATIONS)
def test_a_violation_tells_constraint_and_columns(
    engine: Engine, backend: Backend, sql: str
) -> None:
    wanted, kind, columns, names = VIOLATIONS[sql]
    with engine.connect() as connection, pytest.raises(wanted) as caught:
        connection.execute(text(sql))
    error = caught.value
    assert isinstance(error, exc.IntegrityError)
    assert not error.connection_invalidated
    assert not error.retryable
    assert error.kind == kind
    if backend.dialect != "mariadb" or kind not in {"primary key", "unique"}:
        # MariaDB tells the index, and not of which table.
        assert error.columns == columns
    assert error.constraint in names


def test_a_foreign_key_tells_itself(engine: Engine) -> None:
    table = (
        "create table part (id integer primary key, thing_id integer, "
        "constraint part_fk foreign key (thing_id) references thing (id))"
    )
    with engine.begin() as connection:
        connection.execute(text("drop table if exists part"))
        connection.execute(text(table))
        connection.execute(text("insert into part values (1, 1)"))
    try:
        for sql in ("insert into part values (2, 99)", "delete from thing where id = 1"):
            with engine.connect() as connection:
                with pytest.raises(exc.ForeignKeyViolation) as caught:
                    connection.execute(text(sql))
                assert caught.value.constraint == "part_fk"
                assert caught.value.kind == "foreign key"
    finally:
        with engine.begin() as connection:
            connection.execute(text("drop table part"))


def test_a_value_that_is_too_long_or_large_is_a_data_error(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("drop table if exists narrow"))
        connection.execute(text("create table narrow (a varchar(3), b smallint)"))
    try:
        for values in ("'abcd', 1", "'a', 99999"):
            with engine.connect() as connection, pytest.raises(exc.DataError) as caught:
                connection.execute(text(f"insert into narrow values ({values})"))
            assert not caught.value.connection_invalidated
    finally:
        with engine.begin() as connection:
            connection.execute(text("drop table narrow"))


def test_bad_sql_and_missing_tables_are_programming_errors(engine: Engine) -> None:
    for sql in ("selct 1", "select * from no_such_table"):
        with engine.connect() as connection, pytest.raises(exc.ProgrammingError):
            connection.execute(text(sql))


def _meet(engine: Engine, works: list[Callable[[Connection, Barrier], None]]) -> list[str]:
    """Run works at the same time, and tell how each has ended."""
    barrier = Barrier(len(works), timeout=30)

    def one(work: Callable[[Connection, Barrier], None]) -> str:
        try:
            with engine.connect() as connection:
                connection.execution_options(isolation_level="SERIALIZABLE")
                with connection.begin():
                    work(connection, barrier)
        except exc.DBAPIError as error:
            return "try again" if error.retryable else repr(error)
        return "done"

    with ThreadPoolExecutor(len(works)) as threads:
        return sorted(threads.map(one, works))


def test_a_deadlock_is_worth_another_try(engine: Engine) -> None:
    def crossing(first: int, second: int) -> Callable[[Connection, Barrier], None]:
        def work(connection: Connection, barrier: Barrier) -> None:
            sql = text("update thing set y = y + 1 where id = :id")
            connection.execute(sql, {"id": first})
            barrier.wait()
            connection.execute(sql, {"id": second})

        return work

    assert _meet(engine, [crossing(1, 2), crossing(2, 1)]) == ["done", "try again"]


def test_a_serialization_failure_is_worth_another_try(engine: Engine) -> None:
    def work(connection: Connection, barrier: Barrier) -> None:
        count = connection.execute(text("select sum(y) from thing")).scalar()
        barrier.wait()
        connection.execute(text("update thing set y = :y where id = 1"), {"y": int(count or 0)})

    assert _meet(engine, [work, work]) == ["done", "try again"]


def test_work_that_meets_a_deadlock_is_tried_again(engine: Engine) -> None:
    barrier = Barrier(2, timeout=30)
    tries: list[int] = []

    def crossing(ids: tuple[int, int]) -> None:
        def work(connection: Connection) -> None:
            tries.append(ids[0])
            for number, one in enumerate(ids):
                connection.execute(text("update thing set y = y + 1 where id = :id"), {"id": one})
                if number == 0 and len(tries) <= 2:
                    barrier.wait()

        engine.run(work)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(crossing, [(1, 2), (2, 1)]))
    assert len(tries) == 3
    with engine.connect() as connection:
        rows = connection.execute(text("select y from thing where id < 3 order by id")).scalars()
        assert rows.all() == [3, 4]


def test_a_lock_that_another_holds_is_worth_another_try(engine: Engine, backend: Backend) -> None:
    setting = {
        "postgresql": "set local lock_timeout = '100ms'",
        "mysql": "set session innodb_lock_wait_timeout = 1",
        "mariadb": "set session innodb_lock_wait_timeout = 1",
    }[backend.dialect]
    change = text("update thing set y = 5 where id = 1")
    with engine.connect() as holder, engine.connect() as waiter:
        holder.execute(change)
        waiter.execute(text(setting))
        with pytest.raises(exc.OperationalError) as caught:
            waiter.execute(change)
        assert caught.value.retryable
        waiter.invalidate()
