"""An engine on each server through each driver, with a table of its own."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from toolkit import Engine, create_engine, text

TABLE = (
    "create table {name} (id integer not null primary key, x integer not null, y integer, "
    "constraint {name}_ck check (y > 0), constraint {name}_uq unique (x, y))"
)


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    """An engine whose database has a table ``thing``, with rows 1 to 3."""
    engine = create_engine(backend.url)
    with engine.begin() as connection:
        connection.execute(text("drop table if exists thing"))
        connection.execute(text(TABLE.format(name="thing")))
        rows = [{"n": number} for number in (1, 2, 3)]
        connection.execute(text("insert into thing values (:n, :n, :n)"), rows)
    yield engine
    left = engine.pool.checkedout()
    if left:
        # They may hold locks that the next test would wait for.
        gc.collect()
    with engine.begin() as connection:
        connection.execute(text("drop table if exists thing"))
    engine.dispose()
    assert not left, "a connection did not go back"


@pytest.fixture
def slow(backend: Backend) -> str:
    """A query that takes longer than any test."""
    if backend.dialect == "postgresql":
        return "select pg_sleep(60)"
    # Where SLEEP() and BENCHMARK() are interrupted, they return as if nothing had happened.
    every = [f"t{number}" for number in range(21)]
    tables = ", ".join(f"thing {name}" for name in every)
    return f"select count(*) from {tables} where {' + '.join(f'{name}.x' for name in every)} < 0"


@pytest.fixture
def slow_update(backend: Backend) -> str:
    """A change that takes longer than any test."""
    if backend.dialect == "postgresql":
        return "update thing set y = 9 where id = 1 and pg_sleep(60) is not null"
    return "update thing set y = 9 where id = 1 and sleep(60) = 0"
