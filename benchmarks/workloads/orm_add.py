"""add 10,000 new objects, commit, and read their keys.

The raw program inserts row by row, as one has to for the keys, and commits.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import item_rows, write_items
from benchmarks.mapped_item import MappedItem
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 10_000
QUESTION = "insert into item (name, city, age, score, note) values (?, ?, ?, ?, ?)"


def prepare(data: Path) -> None:
    """An empty table."""
    write_items(data, 0)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    rows = [row[1:] for row in item_rows(ROWS)]

    def work() -> int:
        connection.execute("delete from item")
        keys = [connection.execute(QUESTION, row).lastrowid for row in rows]
        connection.commit()
        return len(set(keys))

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Place) -> Work:
    """The program for both."""
    library = MappedItem(package, data)
    rows = [row[1:] for row in item_rows(ROWS)]
    cls = library.cls

    def work() -> int:
        with library.orm.Session(library.engine, expire_on_commit=False) as session:
            session.execute(library.core.text("delete from item"))
            made = [
                cls(name=name, city=city, age=age, score=score, note=note)
                for name, city, age, score, note in rows
            ]
            session.add_all(made)
            session.commit()
            return len({one.id for one in made})

    return work
