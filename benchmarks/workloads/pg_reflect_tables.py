"""PostgreSQL: reflect 500 tables, against three questions to the catalog."""

from __future__ import annotations

from pathlib import Path

from benchmarks.server_tables import by_metadata, statements
from benchmarks.server_tables import raw as raw_reflect
from benchmarks.servers import BenchServer
from benchmarks.workload import Work

SERVER = BenchServer("postgresql")


def prepare(data: Path) -> None:
    """The chain of tables."""
    SERVER.prepare(statements())


def clear() -> None:
    """Drop it."""
    SERVER.clear()


def raw(data: Path) -> Work:
    """The hand-written program."""
    return raw_reflect(SERVER)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_metadata("toolkit", SERVER)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_metadata("sqlalchemy", SERVER)
