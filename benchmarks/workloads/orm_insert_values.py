"""insert 2,000 rows of a class one by one, each by a statement with its values."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import COLUMNS, item_rows, write_items
from benchmarks.mapped import Mapped
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 2_000


def prepare(data: Path) -> None:
    """The shared file, with the table and no row."""
    write_items(data, 0)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    rows = list(item_rows(ROWS))

    statement = "insert into item (id, name, city, age, score, note) values (?, ?, ?, ?, ?, ?)"

    def work() -> int:
        count = sum(connection.execute(statement, row).rowcount for row in rows)
        connection.rollback()
        return count

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Place) -> Work:
    """The program for both, written to the documented API they share."""
    mapped = Mapped(package, data)
    item = mapped.item()
    insert = mapped.library.insert
    sets = [dict(zip(COLUMNS, row, strict=True)) for row in item_rows(ROWS)]

    def work() -> int:
        with mapped.session() as session:
            return sum(session.execute(insert(item).values(**one)).rowcount for one in sets)

    return work
