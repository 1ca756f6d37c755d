"""MySQL: 500 short selects by key, built anew each time, connection held."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import ITEM, BenchServer, raw_select, select_by
from benchmarks.workload import Work

SERVER = BenchServer("mysql")


def prepare(data: Path) -> None:
    """Five hundred items."""
    SERVER.prepare([ITEM], 500)


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_select(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return select_by("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return select_by("sqlalchemy", SERVER)
