"""MySQL: bulk_load of 10,000 rows, against the driver's executemany."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, bulk_load, insert_by, raw_insert
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
    return bulk_load(SERVER, 10_000)


def sqlalchemy(data: Path) -> Work:
    """It has nothing of the kind: many rows by insert()."""
    return insert_by("sqlalchemy", SERVER, 10_000)
