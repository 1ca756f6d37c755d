"""Classes made for one test, and their tables in SQLite, which keeps foreign keys here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from toolkit import create_engine, event
from toolkit.orm import DeclarativeBase, Session


@pytest.fixture
def base() -> Iterator[Any]:
    class Base(DeclarativeBase):
        pass

    yield Base
    # What could not be configured would be tried again by whoever configures all mappers.
    Base.registry.dispose()


@pytest.fixture
def opened(base: Any) -> Iterator[Callable[[], Session]]:
    """What creates the tables of the classes so far and opens a session on them."""
    engine = create_engine("sqlite://")
    sessions = []

    @event.listens_for(engine, "connect")
    def keep_keys(connection: Any, record: Any) -> None:
        connection.execute("pragma foreign_keys = on")

    def open_now() -> Session:
        base.metadata.create_all(engine)
        sessions.append(Session(engine))
        return sessions[-1]

    yield open_now
    for session in sessions:
        session.close()
    engine.dispose()
