"""short select by key, built anew each time, connection held.

The same question as `short_text`, written in the expression language.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.language import item_table, language
from benchmarks.workload import Work
from benchmarks.workloads.short_text import KEYS, prepare, raw

__all__ = ["prepare", "raw", "sqlalchemy", "toolkit"]


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_statement("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_statement("sqlalchemy", data)


def by_statement(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    select, columns = library.select, item_table(library).c
    connection = library.create_engine(f"sqlite:///{data}").connect()

    def work() -> int:
        total = 0
        for key in KEYS:
            question = select(columns.id, columns.name, columns.age).where(columns.id == key)
            total += connection.execute(question).first()[2]
        return total

    return work
