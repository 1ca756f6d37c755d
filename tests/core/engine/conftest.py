"""An engine on a file of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.backend import Backend
from tests.core.engine.faulty import PASSWORD, Server, handles_of, server
from tests.core.fresh import counted, fresh_engine
from toolkit import Engine, ExceptionContext, create_engine, event, text
from toolkit.dialects import registry

registry.register("faulty", "tests.core.engine.faulty", "plugin")


@pytest.fixture
def engine(backend: Backend, tmp_path: Path) -> Iterator[Engine]:
    """An engine on each server, with a table ``t (id integer primary key, x unique)``."""
    with fresh_engine(backend, f"sqlite:///{tmp_path}/test.db") as engine:
        with engine.begin() as connection:
            connection.execute(text(f"create table t (id {counted(backend)}, x integer unique)"))
        yield engine
        assert engine.pool.checkedout() == 0, "a connection did not go back"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def faulty_engine(path: Path) -> Iterator[Engine]:
    """An engine with a table ``t``, two idle connections, and a server that fails if told to."""
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
def faults(faulty_engine: Engine) -> Server:
    """The server of ``faulty_engine``: whom to tell what is to fail."""
    faults = server(faulty_engine)
    faults.calls.clear()
    return faults


@pytest.fixture
def told(faulty_engine: Engine) -> list[ExceptionContext]:
    """What ``handle_error`` hears."""
    told: list[ExceptionContext] = []
    event.listen(faulty_engine, "handle_error", told.append)
    return told
