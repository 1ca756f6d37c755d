"""A table and an open connection for statements that write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import counted, fresh_engine
from toolkit import Connection, text
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String

people = Table(
    "people",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String),
    Column("age", Integer),
)


@pytest.fixture
def table() -> Table:
    return people


@pytest.fixture
def connection(backend: Backend) -> Iterator[Connection]:
    with fresh_engine(backend) as engine, engine.connect() as connection:
        connection.execute(
            text(f"create table people (id {counted(backend)}, name varchar(50), age integer)")
        )
        yield connection
