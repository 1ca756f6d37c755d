"""PostgreSQL: bulk_load of 50,000 rows against COPY by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, bulk_load, insert_by, raw_copy
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
    return raw_copy(SERVER, 50_000)


def toolkit(data: Path) -> Work:
    """Ours."""
    return bulk_load(SERVER, 50_000)


def sqlalchemy(data: Path) -> Work:
    """It has nothing of the kind: many rows by insert()."""
    return insert_by("sqlalchemy", SERVER, 50_000)
