"""delete 5,000 loaded objects one by one; rolled back, so that each round finds them.

The raw program reads the rows as well.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import write_items
from benchmarks.mapped_item import MappedItem
from benchmarks.place import Place
from benchmarks.workload import Work

ROWS = 5_000


def prepare(data: Path) -> None:
    """The rows that are deleted."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """Tuples, and one executemany."""
    connection = sqlite3.connect(data)

    def work() -> int:
        rows = connection.execute("select * from item order by id").fetchall()
        keys = [(row[0],) for row in rows]
        found = connection.executemany("delete from item where id = ?", keys).rowcount
        connection.rollback()
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
        with library.session() as session:
            found = library.loaded(session)
            for one in found:
                session.delete(one)
            session.flush()
            session.rollback()
            return len(found)

    return work
