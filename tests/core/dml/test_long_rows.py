"""Rows that are long go in more statements: a server takes only so much at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from toolkit import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from toolkit.dialects import mysql

page = Table(
    "dml_page",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("words", Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")),
    Column("scan", LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")),
)
LONG = 900_000


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    engine = create_engine(backend.url)
    page.metadata.drop_all(engine)
    page.metadata.create_all(engine)
    yield engine
    page.metadata.drop_all(engine)
    engine.dispose()


def sizes(engine: Engine) -> list[tuple[int, int]]:
    with engine.connect() as connection:
        found = select(func.length(page.c.words), func.length(page.c.scan)).order_by(page.c.id)
        return [tuple(row) for row in connection.execute(found)]


def test_long_rows_go_in_several_statements(engine: Engine) -> None:
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    with engine.begin() as connection:
        connection.execute(insert(page), [{"id": n} for n in range(1, 13)])
        sent.clear()
        rows = [{"id": n, "words": "x" * LONG, "scan": b"y" * n} for n in range(1, 13)]
        assert connection.execute(update(page).from_rows(rows)).rowcount == 12
    # Four of them are as much as goes together.
    assert len(sent) == 3
    assert sizes(engine) == [(LONG, n) for n in range(1, 13)]


def test_one_row_that_is_longer_goes_alone(engine: Engine) -> None:
    sent: list[str] = []
    with engine.begin() as connection:
        connection.execute(insert(page), [{"id": n} for n in range(1, 6)])
        event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        rows = [{"id": n, "words": "x" * (5 * LONG if n == 3 else 1)} for n in range(1, 6)]
        assert connection.execute(update(page).from_rows(rows)).rowcount == 5
        assert len(sent) == 3
        connection.execute(delete(page))


def test_short_rows_go_in_one(engine: Engine) -> None:
    sent: list[str] = []
    with engine.begin() as connection:
        connection.execute(insert(page), [{"id": n} for n in range(1, 13)])
        event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        rows = [{"id": n, "words": "x", "scan": None} for n in range(1, 13)]
        assert connection.execute(update(page).from_rows(rows)).rowcount == 12
    assert len(sent) == 1
