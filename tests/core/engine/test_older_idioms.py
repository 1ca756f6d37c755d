"""What programs written for older versions do, and the five documents show."""

from __future__ import annotations

import gc
import logging
import os
from typing import Any

import pytest

from tests.core.engine.faulty import Server
from tests.core.pool.test_fork import in_child
from toolkit import Engine, create_engine, exc, text


def test_engine_execute_reads_a_string(engine: Engine) -> None:
    assert engine.execute("select 1 + 1").scalar() == 2


def test_engine_execute_commits_a_change(engine: Engine) -> None:
    engine.execute("insert into t (x) values (5)")
    assert engine.execute("select x from t").scalars().all() == [5]


def test_engine_execute_commits_ddl_and_takes_parameters(engine: Engine) -> None:
    engine.execute("create table u (a integer, b text)")
    engine.execute(text("insert into u values (:a, :b)"), [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}])
    engine.execute(text("delete from u where a = :a"), a=1)
    assert engine.execute(text("select * from u where b = :b"), {"b": "y"}).all() == [(2, "y")]


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_engine_execute_commits_a_change_that_returns_rows(engine: Engine) -> None:
    assert engine.execute("insert into t (x) values (7) returning x").scalar() == 7
    assert engine.execute("select count(*) from t").scalar() == 1


def test_the_connection_goes_back_when_the_rows_are_read(engine: Engine) -> None:
    result = engine.execute("select 1 union select 2")
    assert engine.pool.checkedout() == 1
    assert [row[0] for row in result] == [1, 2]
    assert engine.pool.checkedout() == 0


def test_the_connection_goes_back_when_the_result_is_closed(engine: Engine) -> None:
    result = engine.execute("select 1")
    result.close()
    assert engine.pool.checkedout() == 0


def test_the_connection_goes_back_when_the_result_is_forgotten(engine: Engine) -> None:
    result: Any = engine.execute("select 1 union select 2")
    del result
    gc.collect()
    assert engine.pool.checkedout() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_child_that_forgets_a_result_of_its_parents_ends_nothing(
    faulty_engine: Engine, faults: Server
) -> None:
    results = [faulty_engine.execute("insert into t (x) values (7) returning x")]

    def child() -> dict[str, int]:
        faults.calls.clear()
        results.clear()
        gc.collect()
        return dict(faults.calls)

    assert in_child(child) == {}
    results.clear()
    assert faulty_engine.execute("select x from t").scalars().all() == [7]


def test_the_connection_goes_back_when_the_statement_fails(engine: Engine) -> None:
    with pytest.raises((exc.OperationalError, exc.ProgrammingError)):
        engine.execute("select * from nowhere")
    assert engine.pool.checkedout() == 0


def test_a_connection_executes_a_string(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute("select 'Hello'").scalar() == "Hello"


def test_parameters_by_keyword(engine: Engine) -> None:
    with engine.connect() as connection:
        query = text("select :user_id + :more")
        assert connection.execute(query, user_id=1, more=2).scalar() == 3
        assert connection.execute(query, {"user_id": 1}, more=4).scalar() == 5


def test_documents_first_engine(
    tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a program that has not set up any logging.
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.getLogger("toolkit"), "handlers", [])
    engine = create_engine(f"sqlite:///{tmp_path}/mydatabase.db", echo=True)
    engine.execute("create table mytable (x integer)")
    assert engine.execute("SELECT * FROM mytable").all() == []
    assert "SELECT * FROM mytable" in capsys.readouterr().out
    engine.dispose()


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_a_change_that_returns_rows_is_committed_when_its_result_is_forgotten(
    engine: Engine,
) -> None:
    result = engine.execute("insert into t (x) values (7), (8) returning x")
    del result
    gc.collect()
    assert engine.execute("select x from t order by x").scalars().all() == [7, 8]
