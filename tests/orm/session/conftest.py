"""The tables of the family, on the server that the test is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.backend import Backend
from tests.orm.session.family import Base
from toolkit import Engine, create_engine
from toolkit.orm import Session


@pytest.fixture
def engine(backend: Backend, tmp_path: Path) -> Iterator[Engine]:
    """An engine on the backend of the test, with empty tables."""
    is_file = backend.dialect == "sqlite"
    engine = create_engine(f"sqlite:///{tmp_path}/orm.db" if is_file else backend.url)
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
