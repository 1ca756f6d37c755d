"""update a class's rows by a condition, through a session that has objects of it.

A hundred objects are there, one of which each statement is about: it has to follow.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import write_items
from benchmarks.mapped import Mapped
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 1_000
THERE = 100
KEYS = range(1, ROWS + 1)


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program: it knows no objects, which it would have to keep up to date."""
    connection = sqlite3.connect(data)

    statement = "update item set age = ? where id = ?"

    def work() -> tuple[int, int]:
        count = sum(connection.execute(statement, (key % 7, key)).rowcount for key in KEYS)
        ages = connection.execute("select age from item where id <= ?", (THERE,)).fetchall()
        connection.rollback()
        return count, sum(age for (age,) in ages)

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
    update = mapped.library.update

    def work() -> tuple[int, int]:
        with mapped.session() as session:
            there = session.scalars(mapped.select(item).where(item.id <= THERE)).all()
            count = sum(
                session.execute(update(item).where(item.id == key).values(age=key % 7)).rowcount
                for key in KEYS
            )
            return count, sum(one.age for one in there)

    return work
