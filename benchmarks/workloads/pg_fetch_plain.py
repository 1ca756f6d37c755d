"""PostgreSQL: fetch 100k × 6 plain columns, tuples."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, fetch_by, raw_fetch
from benchmarks.workload import Work

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """A hundred thousand items."""
    SERVER.prepare([ITEM], 100_000)


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_fetch(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return fetch_by("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return fetch_by("sqlalchemy", SERVER)
