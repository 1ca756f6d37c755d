"""load 50k entities, touch two attributes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import write_items
from benchmarks.mapped import Mapped
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 50_000
STATEMENT = "select id, name, city, note, age, score from item"


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        total = 0
        for row in connection.execute(
            "select id, name, city, note, age, score from item"
        ).fetchall():
            total += row[4] + len(row[1])
        return total

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

    def work() -> int:
        total = 0
        with mapped.session() as session:
            for one in session.scalars(mapped.select(item)).all():
                total += one.age + len(one.name)
        return total

    return work
