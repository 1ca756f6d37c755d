"""PostgreSQL: many-to-many: 1,000 posts, ten tags each, of 500."""

from __future__ import annotations

from pathlib import Path

from benchmarks import raw_postgresql
from benchmarks.mapped_tables import TAGGED, send_tables, tagged_rows
from benchmarks.servers import BenchServer
from benchmarks.workload import Work
from benchmarks.workloads.many_to_many import by_session

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """Posts and tags."""
    send_tables(SERVER, TAGGED, tagged_rows())


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_postgresql.tags(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", SERVER)
