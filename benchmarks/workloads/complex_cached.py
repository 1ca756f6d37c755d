"""complex select: built anew and run by its cached form, connection held.

One repetition is forty reports on a table of forty rows: what the database does is little.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from benchmarks import least_language
from benchmarks.items import write_items
from benchmarks.language import COMPLEX, complex_question, complex_values, item_table, language
from benchmarks.rivals.peewee_report import report
from benchmarks.workload import CannotRunError, Work

__all__ = ["least", "prepare", "raw", "sqlalchemy", "toolkit"]

KEYS = range(1, 41)


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, 40)


def raw(data: Path) -> Work:
    """The hand-written program."""
    cursor = sqlite3.connect(data).cursor()

    def work() -> int:
        return sum(len(cursor.execute(COMPLEX, complex_values(key)).fetchall()) for key in KEYS)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_language("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_language("sqlalchemy", data)


def by_language(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    item = item_table(library)
    connection = library.create_engine(f"sqlite:///{data}").connect()

    def work() -> int:
        total = 0
        for key in KEYS:
            total += len(connection.execute(complex_question(library, item, key)).all())
        return total

    return work


def least(data: Path) -> Work:
    """No competitor but the floor: objects that nothing checks, written anew and run."""
    library: Any = least_language
    cursor = sqlite3.connect(data).cursor()

    def work() -> int:
        total = 0
        for key in KEYS:
            text, values = complex_question(library, library.item, key).written()
            total += len(cursor.execute(text, values).fetchall())
        return total

    return work


def peewee(data: Path) -> Work:
    """Peewee."""
    made = report(data)

    def work() -> int:
        return sum(len(list(made(key).tuples())) for key in KEYS)

    return work


def django(data: Path) -> Work:
    """Django."""
    raise CannotRunError("not written for Django yet")
