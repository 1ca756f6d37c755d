"""checkout and return, 1 thread.

One repetition is a thousand of them. The hand-written pool is a queue of connections that rolls
back what is returned, as every pool must.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from queue import LifoQueue

from benchmarks.items import write_items
from benchmarks.workload import CannotRunError, Work

SIZE = 8
TIMES = range(1_000)


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, 1)


def raw(data: Path) -> Work:
    """The hand-written pool."""
    pool: LifoQueue[sqlite3.Connection] = LifoQueue()
    for _ in range(SIZE):
        pool.put(sqlite3.connect(data, check_same_thread=False))

    def work() -> int:
        for _ in TIMES:
            connection = pool.get()
            connection.rollback()
            pool.put(connection)
        return len(TIMES)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_engine("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_engine("sqlalchemy", data)


def by_engine(package: str, data: Path) -> Work:
    """The program for both: the pool's own connection, without a `Connection` around it."""
    library = import_module(package)
    engine = library.create_engine(f"sqlite:///{data}", pool_size=SIZE, max_overflow=0)

    def work() -> int:
        for _ in TIMES:
            engine.raw_connection().close()
        return len(TIMES)

    return work


def peewee(data: Path) -> Work:
    """Peewee's pool keeps the connection between `connect` and `close`."""
    library = import_module("playhouse.pool")
    database = library.PooledSqliteDatabase(str(data), max_connections=SIZE)

    def work() -> int:
        for _ in TIMES:
            database.connect()
            database.close()
        return len(TIMES)

    return work


def django(data: Path) -> Work:
    """Django pools PostgreSQL only."""
    del data
    raise CannotRunError("Django has no connection pool for SQLite")
