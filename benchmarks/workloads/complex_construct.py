"""complex select: construct, which the hand-written program does by joining the parts of its text.

One repetition is a hundred statements, each built anew; nothing is compiled or sent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import least_language
from benchmarks.language import assembled, complex_question, item_table, language
from benchmarks.rivals.peewee_report import report
from benchmarks.workload import CannotRunError, Work

__all__ = ["django", "least", "peewee", "raw", "sqlalchemy", "toolkit"]

TURNS = range(100)


def raw(data: Path) -> Work:
    """The text of each statement, put together of its parts, and its values."""

    def work() -> int:
        return sum(bool(assembled(key)) for key in TURNS)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_language("toolkit")


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_language("sqlalchemy")


def by_language(package: str) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    return built(library, item_table(library))


def built(library: Any, item: Any) -> Work:
    """The statements, and nothing done with them."""

    def work() -> int:
        return sum(complex_question(library, item, key) is not None for key in TURNS)

    return work


def least(data: Path) -> Work:
    """No competitor but the floor: one object for each thing that is said, and nothing checked."""
    return built(least_language, least_language.item)


def peewee(data: Path) -> Work:
    """Peewee."""
    made = report(":memory:")

    def work() -> int:
        return sum(made(key) is not None for key in TURNS)

    return work


def django(data: Path) -> Work:
    """Django."""
    raise CannotRunError("not written for Django yet")
