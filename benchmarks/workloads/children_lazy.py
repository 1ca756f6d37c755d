"""1,000 × 10 children: lazy."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.mapped import Mapped, write_families
from benchmarks.place import Place
from benchmarks.workload import Work

STATEMENT = "select id, parent_id, name from child where parent_id = ?"


def prepare(data: Path) -> None:
    """The shared file."""
    write_families(data)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        total = 0
        for owner in connection.execute("select id, name from parent").fetchall():
            total += len(connection.execute(STATEMENT, owner[:1]).fetchall())
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
    parent, _ = mapped.families()

    def work() -> int:
        with mapped.session() as session:
            owners = session.scalars(mapped.select(parent)).unique().all()
            return sum(len(owner.children) for owner in owners)

    return work
