"""MySQL: insert 10,000 rows, against the driver's executemany."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, insert_by, raw_insert
from benchmarks.workload import Work

SERVER = BenchServer("mysql")


def prepare(data: Path) -> None:
    """An empty table."""
    SERVER.prepare([ITEM])


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_insert(SERVER, 10_000)


def toolkit(data: Path) -> Work:
    """Ours."""
    return insert_by("toolkit", SERVER, 10_000)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return insert_by("sqlalchemy", SERVER, 10_000)
