"""1,000 × 10 children: selectin."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.mapped import Mapped, write_families
from benchmarks.place import Place
from benchmarks.workload import Work

SIZE = 500


def prepare(data: Path) -> None:
    """The shared file."""
    write_families(data)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        owners = connection.execute("select id, name from parent").fetchall()
        found: dict[int, list[object]] = {}
        for start in range(0, len(owners), SIZE):
            keys = [owner[0] for owner in owners[start : start + SIZE]]
            marks = ",".join("?" * len(keys))
            question = f"select parent_id, id, name from child where parent_id in ({marks})"
            for row in connection.execute(question, keys).fetchall():
                found.setdefault(row[0], []).append(row)
        return sum(len(found[owner[0]]) for owner in owners)

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
    option = mapped.orm.selectinload(parent.children)

    def work() -> int:
        with mapped.session() as session:
            owners = session.scalars(mapped.select(parent).options(option)).unique().all()
            return sum(len(owner.children) for owner in owners)

    return work
