"""A table and an open connection for statements that write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toolkit import Connection, create_engine, text
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
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("create table people (id integer primary key, name text, age int)"))
        yield connection
