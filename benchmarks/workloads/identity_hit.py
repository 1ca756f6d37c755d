"""get by key, from the identity map.

The raw program is the identity map that one writes by hand: a function that looks in a dictionary
by table and key before it asks the database.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from benchmarks.items import write_items
from benchmarks.mapped import Mapped
from benchmarks.workload import Work

ROWS = 1_000
KEYS = range(1, ROWS + 1)
STATEMENT = "select id, name, city, note, age, score from item"


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    known = {("item", row[0]): row for row in connection.execute(STATEMENT).fetchall()}

    def get(table: str, key: int) -> Any:
        row = known.get((table, key))
        if row is None:
            row = connection.execute(f"{STATEMENT} where id = ?", (key,)).fetchone()
        return row

    def work() -> int:
        return sum(get("item", key)[4] for key in KEYS)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    mapped = Mapped(package, data)
    item = mapped.item()
    session = mapped.session()
    held = session.scalars(mapped.select(item)).all()
    assert len(held) == ROWS

    def work() -> int:
        # ``held`` keeps the objects: the identity map is weak.
        return sum(session.get(item, key).age for key in KEYS) if held else 0

    return work
