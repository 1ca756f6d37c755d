"""Python's ``sqlite3`` as a driver: its functions, isolation levels and ways to autocommit."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit import Engine, create_engine, event, exc, text

NEW = sys.version_info >= (3, 12)
# The old way of transactions, and the way that Python has since 3.12.
WAYS: list[dict[str, Any]] = [{}, *([{"autocommit": False}] if NEW else [])]


@pytest.fixture(params=WAYS, ids=lambda way: "legacy" if not way else "autocommit=False")
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", connect_args=request.param)
    engine.execute("create table t (x integer unique)")
    yield engine
    assert engine.pool.checkedout() == 0
    engine.dispose()


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("select count(*) from t")).scalar_one())


def test_a_transaction_is_committed_or_rolled_back(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("insert into t values (1)"))
        connection.rollback()
        connection.execute(text("insert into t values (2)"))
        connection.commit()
        connection.execute(text("insert into t values (3)"))
    assert count(engine) == 1
    with pytest.raises(exc.UniqueViolation), engine.begin() as connection:
        connection.execute(text("insert into t values (4), (4)"))
    assert count(engine) == 1


def test_ddl_is_part_of_the_transaction_where_one_is_open(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("insert into t values (1)"))
        connection.execute(text("create table u (x integer)"))
        connection.rollback()
        tables = connection.execute(text("select name from sqlite_master where type = 'table'"))
        assert tables.scalars().all() == ["t"]
    assert count(engine) == 0


def test_savepoints(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(text("insert into t values (1)"))
            with pytest.raises(exc.UniqueViolation), connection.begin_nested():
                connection.execute(text("insert into t values (1)"))
            connection.execute(text("insert into t values (2)"))
        assert connection.in_transaction()
        connection.rollback()
        assert connection.execute(text("select count(*) from t")).scalar() == 0
        with connection.begin_nested():
            connection.execute(text("insert into t values (3)"))
        connection.commit()
    assert count(engine) == 1


def test_autocommit_for_one_connection_ends_with_it(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        assert connection.get_isolation_level() == "AUTOCOMMIT"
        dbapi = connection.connection.dbapi_connection
        connection.execute(text("insert into t values (1)"))
        assert not dbapi.in_transaction
        connection.rollback()
        assert engine.dialect.glue.detect_autocommit(dbapi)
    assert count(engine) == 1
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is dbapi
        assert not engine.dialect.glue.detect_autocommit(dbapi)
        assert connection.get_isolation_level() == "SERIALIZABLE"
        connection.execute(text("insert into t values (2)"))
        connection.rollback()
    assert count(engine) == 1


@pytest.mark.parametrize("level", ["SERIALIZABLE", "READ UNCOMMITTED", "AUTOCOMMIT"])
def test_isolation_levels_are_set_and_told(engine: Engine, level: str) -> None:
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"
        connection.execution_options(isolation_level=level)
        assert connection.get_isolation_level() == level
        assert connection.default_isolation_level == "SERIALIZABLE"


def test_isolation_levels_are_listed() -> None:
    dialect = create_engine("sqlite://").dialect
    assert sorted(dialect.get_isolation_level_values()) == [
        "AUTOCOMMIT",
        "READ UNCOMMITTED",
        "SERIALIZABLE",
    ]


def test_sqlite_begin_holds_in_both_ways(engine: Engine) -> None:
    eager = create_engine(
        engine.url,
        sqlite_begin="IMMEDIATE",
        connect_args={**_way_of(engine), "timeout": 0},
    )
    with eager.connect() as first, eager.connect() as second:
        first.begin()
        with pytest.raises(exc.OperationalError, match="locked"):
            second.begin()
        first.execute(text("insert into t values (1)"))
        first.commit()
        second.execute(text("insert into t values (2)"))
        second.commit()
    assert count(engine) == 2
    eager.dispose()


def _way_of(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        if getattr(connection.connection.dbapi_connection, "autocommit", -1) == -1:
            return {}
    return {"autocommit": False}


@pytest.mark.skipif(not NEW, reason="the standard library's own limit")
def test_the_modules_own_autocommit_is_the_default_level(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", connect_args={"autocommit": True})
    with engine.connect() as connection:
        assert connection.default_isolation_level == "AUTOCOMMIT"
        connection.execution_options(isolation_level="SERIALIZABLE")
        connection.execute(text("create table t (x integer)"))
        connection.rollback()
        assert connection.execute(text("select count(*) from sqlite_master")).scalar() == 0
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "AUTOCOMMIT"
    engine.dispose()


def test_the_modules_own_mode_survives_a_change_of_level(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite:///{tmp_path}/x.db", connect_args={"isolation_level": "IMMEDIATE"}
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT"):
        pass
    raw = engine.raw_connection()
    assert raw.dbapi_connection.isolation_level == "IMMEDIATE"
    raw.close()
    engine.dispose()


def test_regexp_is_there_and_knows_null(engine: Engine) -> None:
    with engine.connect() as connection:
        row = connection.execute(
            text("select 'abc' regexp 'b.', 'abc' regexp '^b', null regexp 'a'")
        ).one()
    assert row == (1, 0, None)


def test_functions_and_collations_of_ones_own_come_with_the_connect_event(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db")

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: sqlite3.Connection, record: Any) -> None:
        dbapi_connection.create_function("twice", 1, lambda x: 2 * x)
        dbapi_connection.create_collation("backwards", lambda a, b: (a < b) - (a > b))
        dbapi_connection.execute("pragma foreign_keys = on")

    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(text("select twice(21)")).scalar() == 42
            query = text("select 'a' as x union select 'b' order by x collate backwards")
            assert connection.execute(query).scalars().all() == ["b", "a"]
            assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
        engine.dispose()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="its converters are deprecated since 3.12")
def test_native_datetime_leaves_dates_to_the_driver(tmp_path: Path) -> None:
    import datetime as dt

    engine = create_engine(
        f"sqlite:///{tmp_path}/x.db",
        native_datetime=True,
        connect_args={"detect_types": sqlite3.PARSE_DECLTYPES},
    )
    day = dt.date(2026, 11, 5)
    with engine.connect() as connection:
        connection.execute(text("create table d (day date)"))
        connection.execute(text("insert into d values (:day)"), {"day": day})
        assert connection.execute(text("select day from d")).scalar() == day
    engine.dispose()


def test_an_unknown_option_of_the_driver_is_refused() -> None:
    with pytest.raises(exc.UnknownOptionError, match="'native_datetime' instead of 'native_datet"):
        create_engine("sqlite://", native_datetimes=True)
