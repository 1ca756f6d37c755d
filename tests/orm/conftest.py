"""The shop in a database: on SQLite for promises about objects, on servers for what they send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from tests.orm import shop
from toolkit import Engine, create_engine
from toolkit.orm import Session


@pytest.fixture(scope="session")
def filled() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    shop.fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(filled: Engine) -> Iterator[Session]:
    """A session on the shop, on SQLite; what a test writes is rolled back."""
    with Session(filled) as session:
        yield session


@pytest.fixture
def anywhere(backend: Backend) -> Iterator[Session]:
    """A session on the shop, on every server."""
    engine = create_engine(backend.url)
    shop.fill(engine)
    with Session(engine) as session:
        yield session
    shop.Base.metadata.drop_all(engine)
    engine.dispose()
