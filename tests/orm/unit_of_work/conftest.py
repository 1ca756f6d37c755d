"""The tables of these tests, on the server that a test is for, and what was sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.orm.unit_of_work.works import Base
from toolkit import Engine, create_engine, event
from toolkit.orm import Session


@pytest.fixture
def engine(backend: Backend, tmp_path: Path) -> Iterator[Engine]:
    """An engine on the backend of the test, with empty tables; SQLite keeps foreign keys, too."""
    is_file = backend.dialect == "sqlite"
    engine = create_engine(f"sqlite:///{tmp_path}/uow.db" if is_file else backend.url)
    if is_file:

        @event.listens_for(engine, "connect")
        def keep_keys(connection: Any, record: Any) -> None:
            connection.execute("pragma foreign_keys = on")

    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    yield engine
    assert engine.pool.checkedout() == 0, "a connection did not go back"
    Base.metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def sent(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent, without what begins and ends transactions."""
    statements: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
