"""PostgreSQL: insert 10,000 rows that return their keys."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, raw_returning, returning_by
from benchmarks.workload import Work

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """An empty table."""
    SERVER.prepare([ITEM])


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_returning(SERVER, 10_000)


def toolkit(data: Path) -> Work:
    """Ours."""
    return returning_by("toolkit", SERVER, 10_000)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return returning_by("sqlalchemy", SERVER, 10_000)
