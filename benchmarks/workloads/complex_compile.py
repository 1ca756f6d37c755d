"""complex select: construct and compile, against the parts of its text joined by hand.

One repetition is a hundred statements, each built and written anew for SQLite.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import least_language
from benchmarks.language import complex_question, item_table, language
from benchmarks.rivals.peewee_report import report
from benchmarks.workload import CannotRunError, Work
from benchmarks.workloads.complex_construct import TURNS, raw

__all__ = ["django", "least", "peewee", "raw", "sqlalchemy", "toolkit"]


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_language("toolkit")


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_language("sqlalchemy")


def by_language(package: str) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    item = item_table(library)
    dialect = import_module(f"{package}.dialects.sqlite").dialect()

    def work() -> int:
        return sum(
            bool(str(complex_question(library, item, key).compile(dialect=dialect)))
            for key in TURNS
        )

    return work


def least(data: Path) -> Work:
    """No competitor but the floor: the same objects, and one call to write each."""
    library: Any = least_language

    def work() -> int:
        return sum(bool(complex_question(library, library.item, key).written()) for key in TURNS)

    return work


def peewee(data: Path) -> Work:
    """Peewee."""
    made = report(":memory:")

    def work() -> int:
        return sum(bool(made(key).sql()) for key in TURNS)

    return work


def django(data: Path) -> Work:
    """Django."""
    raise CannotRunError("not written for Django yet")
