"""insert 100,000 rows by one executemany.

The rows are made outside the timed region, for the driver as tuples and for the others as
dictionaries.  Each repetition is rolled back, so that all are alike.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import COLUMNS, item_rows, write_items
from benchmarks.language import item_table, language
from benchmarks.workload import Work

ROWS = 100_000
QUESTION = "insert into item values (?, ?, ?, ?, ?, ?)"


def prepare(data: Path) -> None:
    """The shared file, with an empty table."""
    write_items(data, 0)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    rows = list(item_rows(ROWS))

    def work() -> int:
        count = connection.executemany(QUESTION, rows).rowcount
        connection.rollback()
        return count

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_statement("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_statement("sqlalchemy", data)


def by_statement(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    table = item_table(library)
    connection = library.create_engine(f"sqlite:///{data}").connect()
    sets = [dict(zip(COLUMNS, row, strict=True)) for row in item_rows(ROWS)]

    def work() -> int:
        count: int = connection.execute(library.insert(table), sets).rowcount
        connection.rollback()
        return count

    return work
