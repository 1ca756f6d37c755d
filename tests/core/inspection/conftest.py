"""A small database to look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toolkit_core.engine import Connection, create_engine

STATEMENTS = """
CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(30) DEFAULT 'a:b');
CREATE TABLE child (
    id INTEGER PRIMARY KEY, code TEXT,
    parent_id INTEGER CONSTRAINT fk_parent REFERENCES parent (id) ON DELETE CASCADE,
    CONSTRAINT uq_code UNIQUE (code),
    CONSTRAINT ck_code CHECK (code <> 'a:b')
);
CREATE INDEX ix_low ON child (lower(code), id DESC) WHERE code <> ':x';
CREATE VIEW seen AS SELECT id FROM parent;
CREATE TEMP TABLE passing (id INTEGER PRIMARY KEY)
"""


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection to a database with two tables, a view and a temporary table."""
    with create_engine("sqlite://").connect() as connection:
        for statement in STATEMENTS.split(";"):
            connection.exec_driver_sql(statement)
        yield connection
