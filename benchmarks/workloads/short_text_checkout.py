"""short select as text by key, checkout from the pool each time.

The raw program holds its connection: the ratio includes what a pool costs.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from benchmarks.workload import CannotRunError, Work
from benchmarks.workloads.short_text import KEYS, NAMED, QUESTION, prepare, raw

__all__ = ["django", "peewee", "prepare", "raw", "sqlalchemy", "toolkit"]


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_engine("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_engine("sqlalchemy", data)


def by_engine(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = import_module(package)
    text = library.text
    engine = library.create_engine(f"sqlite:///{data}")

    def work() -> int:
        total = 0
        for key in KEYS:
            with engine.connect() as connection:
                total += connection.execute(text(NAMED), {"id": key}).first()[2]
        return total

    return work


def peewee(data: Path) -> Work:
    """Peewee's pool keeps the connection between `connect` and `close`."""
    database = import_module("playhouse.pool").PooledSqliteDatabase(str(data))

    def work() -> int:
        total = 0
        for key in KEYS:
            database.connect()
            total += database.execute_sql(QUESTION, (key,)).fetchone()[2]
            database.close()
        return total

    return work


def django(data: Path) -> Work:
    """Django pools PostgreSQL only."""
    del data
    raise CannotRunError("Django has no connection pool for SQLite")
