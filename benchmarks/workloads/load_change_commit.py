"""load 10,000 objects, change one attribute of each, commit."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

from benchmarks.items import write_items
from benchmarks.mapped_item import MappedItem
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 10_000
_rounds = count(1000)


def prepare(data: Path) -> None:
    """The rows that are changed."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """Tuples, and one executemany."""
    connection = sqlite3.connect(data)

    def work() -> int:
        age = next(_rounds)
        rows = connection.execute("select * from item order by id").fetchall()
        changes = [(age, row[0]) for row in rows]
        found = connection.executemany("update item set age = ? where id = ?", changes).rowcount
        connection.commit()
        return found

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

    def work() -> int:
        age = next(_rounds)
        with library.session() as session:
            found = library.loaded(session)
            for one in found:
                one.age = age
            session.commit()
            return len(found)

    return work
