"""read an attribute of a loaded object 1,000,000 times.

The raw program does it with an object of a plain class.
"""

from __future__ import annotations

from itertools import repeat
from pathlib import Path
from typing import Any

from benchmarks.items import write_items
from benchmarks.mapped_item import MappedItem, PlainItem
from benchmarks.workload import Work

TIMES = 1_000_000


def prepare(data: Path) -> None:
    """One row."""
    write_items(data, 1)


def raw(data: Path) -> Work:
    """An object of a plain class."""
    del data
    return touching(PlainItem(age=1))


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Path) -> Work:
    """The program for both: an object of a session that is open."""
    library = MappedItem(package, data)
    session = library.session()
    return touching(library.loaded(session)[0], session)


def touching(one: Any, session: Any = None) -> Work:
    """The loop; the session is kept, so that its object stays in it."""
    kept = session

    def work() -> int:
        for _ in repeat(None, TIMES):
            _ = one.age
        return TIMES if kept is session else 0

    return work
