"""filter_by().first()."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import write_items
from benchmarks.mapped import Mapped
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 1_000
KEYS = range(1, ROWS + 1)


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    statement = "select id, name, city, note, age, score from item where id = ? limit 1"

    def work() -> int:
        return sum(connection.execute(statement, (key,)).fetchone()[4] for key in KEYS)

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
            for key in KEYS:
                total += session.scalars(mapped.select(item).filter_by(id=key).limit(1)).first().age
        return total

    return work
