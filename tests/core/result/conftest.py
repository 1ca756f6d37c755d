"""A database to read from, and a cursor that tells what was done to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.row_shape import RowShape, Shapes

PEOPLE = [(1, "ada"), (2, "bob"), (3, "ada"), (4, "cyd"), (5, "bob")]


class WatchedCursor:
    """Gives rows like a driver's cursor, and counts."""

    rowcount = -1

    def __init__(self, names: Sequence[str], rows: Sequence[Any], fail_at: int = -1) -> None:
        self.description = tuple((name, None, None, None, None, None, None) for name in names)
        self.rows = list(rows)
        self.fail_at = fail_at
        self.given = 0
        self.fetches: list[int] = []
        self.closes = 0

    def _take(self, size: int) -> list[Any]:
        assert not self.closes, "fetched from a closed cursor"
        self.fetches.append(size)
        taken = self.rows[self.given : self.given + size]
        self.given += len(taken)
        if 0 <= self.fail_at < self.given:
            raise sqlite3.OperationalError("connection lost")
        return taken

    def fetchone(self) -> Any:
        rows = self._take(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        return self._take(size)

    def fetchall(self) -> list[Any]:
        return self._take(len(self.rows))

    def close(self) -> None:
        self.closes += 1


Query = Callable[..., CursorResult]


@pytest.fixture
def database(backend: Backend) -> Iterator[Any]:
    """A connection of the driver's own, on each server."""
    connection = backend.connect()
    cursor = connection.cursor()
    cursor.execute("create temporary table people (id integer primary key, name varchar(20))")
    cursor.execute(f"insert into people values {', '.join(map(str, PEOPLE))}")
    yield connection
    connection.close()


@pytest.fixture
def query(database: Any) -> Query:
    """Run SQL, by default over the five people; textual, so nothing is known but names."""

    def run(
        sql: str = "select id, name from people order by id",
        shapes: Shapes | RowShape | None = None,
        **options: Any,
    ) -> CursorResult:
        cursor = database.cursor()
        cursor.execute(sql)
        return CursorResult(None, cursor, shapes or Shapes(), **options)

    return run


@pytest.fixture
def watched() -> type[WatchedCursor]:
    return WatchedCursor


@pytest.fixture
def nobody(query: Query) -> Callable[[], CursorResult]:
    return lambda: query("select id, name from people where 1 = 0")


@pytest.fixture
def ada(query: Query) -> Callable[[], CursorResult]:
    return lambda: query("select id, name from people where id = 1")
