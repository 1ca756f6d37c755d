"""insert 10,000 rows one by one, in one transaction.

The statement is built anew for each row, as a program does that inserts what comes in.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.items import COLUMNS, item_rows
from benchmarks.language import item_table, language
from benchmarks.workload import Work
from benchmarks.workloads.executemany import QUESTION, prepare

__all__ = ["prepare", "raw", "sqlalchemy", "toolkit"]

ROWS = 10_000


def raw(data: Path) -> Work:
    """The hand-written program: one connection, one cursor."""
    connection = sqlite3.connect(data)
    rows = list(item_rows(ROWS))

    def work() -> int:
        cursor = connection.cursor()
        count = 0
        for row in rows:
            count += cursor.execute(QUESTION, row).rowcount
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
        count = 0
        for one in sets:
            count += connection.execute(library.insert(table), one).rowcount
        connection.rollback()
        return count

    return work
