"""polymorphic load, joined tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.mapped import Mapped, write_families
from benchmarks.place import Place
from benchmarks.workload import Work

STATEMENT = (
    "select staff.id, staff.name, staff.kind, chief.level, clerk.desk from staff "
    "left join chief on chief.id = staff.id left join clerk on clerk.id = staff.id"
)


def prepare(data: Path) -> None:
    """The shared file."""
    write_families(data)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        return sum(len(row[1]) for row in connection.execute(STATEMENT).fetchall())

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
    worker = mapped.workers(joined=True)

    def work() -> int:
        with mapped.session() as session:
            return sum(len(one.name) for one in session.scalars(mapped.select(worker)).all())

    return work
