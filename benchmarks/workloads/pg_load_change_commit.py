"""PostgreSQL: load 10,000 objects, change one attribute of each, commit."""

from __future__ import annotations

from pathlib import Path

from benchmarks import raw_postgresql
from benchmarks.mapped_tables import send_items
from benchmarks.servers import BenchServer
from benchmarks.workload import Work
from benchmarks.workloads.load_change_commit import ROWS, by_session

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """The table of items."""
    send_items(SERVER, ROWS)


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_postgresql.change(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", SERVER)
