"""No row of a stream is ever lost in silence, whatever else its connection does meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from toolkit import Connection, CursorResult, Engine, exc, inspect, text

pytestmark = pytest.mark.backend("postgresql", "mysql", "mariadb")

MANY = (
    "with recursive n (i) as (select 1 union all select i + 1 from n where i < 900) select i from n"
)
ALL = list(range(1, 901))

Meanwhile = Callable[[Connection], object]


def streamed(connection: Connection, sql: str = MANY) -> CursorResult:
    return connection.execute(text(sql), execution_options={"yield_per": 100})


def count(connection: Connection) -> int | None:
    return connection.execute(text("select count(*) from thing")).scalar()


def write(connection: Connection) -> None:
    rows = [{"n": 71}, {"n": 72}]
    connection.execute(text("insert into thing values (:n, :n, :n)"), rows)


def savepoint(connection: Connection) -> None:
    with connection.begin_nested():
        count(connection)


def driver(connection: Connection) -> None:
    with connection.connection.cursor() as cursor:
        cursor.execute("select 1")


@pytest.mark.parametrize(
    "meanwhile",
    [
        count,
        write,
        savepoint,
        driver,
        lambda c: inspect(c).has_table("thing"),
        lambda c: c.execute(text(MANY)).fetchone(),
        lambda c: streamed(c).fetchone(),
        lambda c: c.execute(text("select 1"), execution_options={"timeout": 60}),
    ],
)
def test_all_rows_arrive_though_another_statement_is_sent(
    engine: Engine, meanwhile: Meanwhile
) -> None:
    with engine.connect() as connection:
        result = streamed(connection)
        rows = result.scalars().fetchmany(7)
        meanwhile(connection)
        assert [*rows, *result.scalars()] == ALL


def test_two_streams_may_be_read_in_turns(engine: Engine) -> None:
    with engine.connect() as connection:
        first, second = streamed(connection), streamed(connection)
        together = list(zip(first.scalars(), second.scalars(), strict=True))
        assert together == [(i, i) for i in ALL]
        assert count(connection) == 3


def test_a_statement_that_fails_costs_no_rows(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        result = streamed(connection)
        assert result.fetchone() == (1,)
        with pytest.raises(exc.DBAPIError):
            connection.execute(text("select nothing from nowhere"))
        assert list(result.scalars()) == ALL[1:]


@pytest.mark.backend("mysql", "mariadb")
def test_a_commit_costs_no_rows(engine: Engine) -> None:
    with engine.connect() as connection:
        result = streamed(connection)
        assert result.fetchone() == (1,)
        connection.commit()
        assert list(result.scalars()) == ALL[1:]
        assert count(connection) == 3


def test_rows_that_a_rollback_cuts_off_are_told_of(engine: Engine) -> None:
    with engine.connect() as connection:
        result = streamed(connection)
        assert result.fetchone() == (1,)
        connection.rollback()
        with pytest.raises(exc.DBAPIError):
            result.all()
        connection.rollback()
        assert count(connection) == 3


@pytest.mark.backend("mysql", "mariadb")
def test_a_stream_that_was_read_ends_well_after_a_rollback(engine: Engine) -> None:
    with engine.connect() as connection:
        result = streamed(connection, "select id from thing order by id")
        assert len(result.fetchmany(3)) == 3
        connection.rollback()
        assert result.all() == []


def test_a_connection_that_streamed_serves_the_next_who_takes_it(engine: Engine) -> None:
    kept = []
    for _ in range(3):
        with engine.connect() as connection:
            kept.append(streamed(connection))
            kept[-1].fetchone()
    with engine.connect() as connection:
        assert count(connection) == 3


@pytest.mark.backend("mysql", "mariadb")
def test_an_error_among_the_rows_is_told_to_who_reads_them(engine: Engine) -> None:
    fails_late = f"select i, (select id from thing where n.i = 500) from ({MANY}) as n"
    with engine.connect() as connection:
        result = streamed(connection, fails_late)
        assert result.fetchone() == (1, None)
        assert count(connection) == 3
        with pytest.raises(exc.DBAPIError, match="more than 1 row"):
            result.all()
