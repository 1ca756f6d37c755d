"""1,000 × 10 children: joined."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.mapped import Mapped, write_families
from benchmarks.place import Place
from benchmarks.workload import Work

STATEMENT = (
    "select parent.id, parent.name, child.id, child.parent_id, child.name "
    "from parent left join child on child.parent_id = parent.id"
)


def prepare(data: Path) -> None:
    """The shared file."""
    write_families(data)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def work() -> int:
        found: dict[int, list[object]] = {}
        for row in connection.execute(STATEMENT).fetchall():
            found.setdefault(row[0], []).append(row)
        return sum(map(len, found.values()))

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
    option = mapped.orm.joinedload(parent.children)

    def work() -> int:
        with mapped.session() as session:
            owners = session.scalars(mapped.select(parent).options(option)).unique().all()
            return sum(len(owner.children) for owner in owners)

    return work
