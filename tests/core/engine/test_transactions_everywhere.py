"""Transactions, savepoints, many sets and streams: the same on every server."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from toolkit import Connection, Engine, exc, text

INSERT = text("insert into t (x) values (:x)")
ROWS = text("select x from t order by x")


class Found(NamedTuple):
    x: int


def committed(engine: Engine) -> list[Any]:
    """What others see."""
    with engine.connect() as other:
        return list(other.execute(ROWS).scalars())


def put(connection: Connection, *numbers: int) -> None:
    for number in numbers:
        connection.execute(INSERT, {"x": number})


def test_one_commits_as_one_goes(engine: Engine) -> None:
    with engine.connect() as connection:
        put(connection, 1)
        assert connection.in_transaction()
        connection.commit()
        assert not connection.in_transaction()
        put(connection, 2)
        connection.rollback()
        put(connection, 3)
        connection.commit()
        put(connection, 4)
    assert committed(engine) == [1, 3]


def test_nobody_sees_what_is_not_committed(engine: Engine) -> None:
    with engine.connect() as connection:
        put(connection, 1)
        assert committed(engine) == []
        connection.commit()
    assert committed(engine) == [1]


def test_a_block_commits_or_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        put(connection, 1)
    with pytest.raises(exc.UniqueViolation), engine.begin() as connection:
        put(connection, 2, 2)
    with engine.connect() as connection, connection.begin() as transaction:
        put(connection, 3)
        transaction.rollback()
    assert committed(engine) == [1]


def test_a_savepoint_is_undone_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        put(connection, 1)
        with connection.begin_nested():
            put(connection, 2)
            inner = connection.begin_nested()
            put(connection, 3)
            inner.rollback()
        with pytest.raises(exc.UniqueViolation), connection.begin_nested():
            put(connection, 4, 4)
        put(connection, 5)
    assert committed(engine) == [1, 2, 5]


def test_after_an_error_a_savepoint_goes_on(engine: Engine) -> None:
    with engine.begin() as connection:
        put(connection, 1)
        with pytest.raises(exc.UniqueViolation), connection.begin_nested():
            put(connection, 2, 1)
        put(connection, 3)
    assert committed(engine) == [1, 3]


def test_an_error_in_a_transaction_leaves_the_connection_usable(engine: Engine) -> None:
    with engine.connect() as connection:
        put(connection, 1)
        with pytest.raises(exc.IntegrityError) as caught:
            put(connection, 1)
        assert not caught.value.connection_invalidated
        connection.rollback()
        put(connection, 2)
        connection.commit()
    assert committed(engine) == [2]


def test_in_autocommit_each_statement_is_committed(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        put(connection, 1)
        assert committed(engine) == [1]
        connection.rollback()
    with engine.connect() as connection:
        # The next one to borrow the connection begins transactions again.
        put(connection, 2)
    assert committed(engine) == [1]


@pytest.mark.parametrize("level", ["SERIALIZABLE", "READ UNCOMMITTED"])
def test_an_isolation_level_is_of_the_connection_it_was_set_for(engine: Engine, level: str) -> None:
    with engine.connect() as connection:
        usual = connection.get_isolation_level()
    with engine.connect().execution_options(isolation_level=level) as connection:
        assert connection.get_isolation_level() == level
    with engine.connect() as connection:
        assert connection.get_isolation_level() == usual


def test_many_sets_are_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(INSERT, [{"x": n} for n in range(50)]).rowcount in (50, -1)
        changed = text("update t set x = x + 1000 where x = :x")
        connection.execute(changed, [{"x": n} for n in range(10)])
    assert committed(engine) == [*range(10, 50), *range(1000, 1010)]


def test_sql_of_the_driver_goes_as_it_is(engine: Engine) -> None:
    mark = {"qmark": "?"}.get(engine.dialect.paramstyle, "%s")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"insert into t (x) values ({mark})", (5,))
        connection.exec_driver_sql(f"insert into t (x) values ({mark})", [(6,), (7,)])
        odd = "select x from t where x % 2 = 1 order by x"
        alone = {"no_parameters": True}
        assert connection.exec_driver_sql(odd, execution_options=alone).all() == [(5,), (7,)]
    assert committed(engine) == [5, 6, 7]


@pytest.mark.parametrize("options", [{}, {"stream_results": True}, {"yield_per": 7}])
def test_rows_are_read_in_every_way(engine: Engine, options: dict[str, Any]) -> None:
    everything = list(range(30))
    with engine.begin() as connection:
        connection.execute(INSERT, [{"x": n} for n in everything])

        def read() -> Any:
            return connection.execute(ROWS, execution_options=options)

        assert list(read().scalars()) == everything
        assert read().mappings().all() == [{"x": n} for n in everything]
        assert read().into(Found).fetchmany(2) == [Found(0), Found(1)]
        assert read().unique(lambda row: row.x % 3).all() == [(0,), (1,), (2,)]
        assert [len(part) for part in read().partitions(20)] == [20, 10]
        assert read().first() == (0,)
        result = read()
        assert [result.fetchone(), *result.fetchmany(2)] == [(0,), (1,), (2,)]
        result.close()
        assert connection.execute(text("select count(*) from t")).scalar_one() == 30
