"""PostgreSQL: 1,000 × 10 children: selectin."""

from __future__ import annotations

from pathlib import Path

from benchmarks import raw_postgresql
from benchmarks.mapped_tables import FAMILIES, family_rows, send_tables
from benchmarks.servers import BenchServer
from benchmarks.workload import Work
from benchmarks.workloads.children_selectin import by_session

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """Parents, children and workers."""
    send_tables(SERVER, FAMILIES, family_rows())


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_postgresql.children_at_once(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", SERVER)
