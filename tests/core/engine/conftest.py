"""An engine on a file of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit import Engine, create_engine, text
from toolkit.dialects import registry

registry.register("faulty", "tests.core.engine.faulty", "plugin")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine whose database has a table ``t (id integer primary key, x unique)``."""
    engine = create_engine(f"sqlite:///{tmp_path}/test.db")
    with engine.begin() as connection:
        connection.execute(text("create table t (id integer primary key, x integer unique)"))
    yield engine
    assert engine.pool.checkedout() == 0, "a connection did not go back"
    engine.dispose()
