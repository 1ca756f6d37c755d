"""short select as text by key, connection held, database in memory.

Without the file locks that SQLite takes for each select, the raw program is so much faster that
this is the harder measure of the same code. Each process copies the shared file into its memory.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from benchmarks.django_setup import django_connection
from benchmarks.workload import Work
from benchmarks.workloads.short_text import (
    django_work,
    driver_work,
    engine_work,
    peewee_work,
    prepare,
)

__all__ = ["django", "peewee", "prepare", "raw", "sqlalchemy", "toolkit"]


def raw(data: Path) -> Work:
    """The hand-written program."""
    return driver_work(filled(sqlite3.connect(":memory:"), data).cursor())


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_engine("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_engine("sqlalchemy", data)


def by_engine(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = import_module(package)
    connection = library.create_engine("sqlite://").connect()
    filled(connection.connection.driver_connection, data)
    return engine_work(library, connection)


def peewee(data: Path) -> Work:
    """Peewee's door for plain SQL."""
    database = import_module("peewee").SqliteDatabase(":memory:")
    database.connect()
    filled(database.connection(), data)
    return peewee_work(database)


def django(data: Path) -> Work:
    """Django's door for plain SQL."""
    connection = django_connection(":memory:")
    filled(connection.connection, data)
    return django_work(connection)


def filled(target: sqlite3.Connection, data: Path) -> sqlite3.Connection:
    """The driver's connection to an empty database in memory, with the file's content."""
    source = sqlite3.connect(data)
    source.backup(target)
    source.close()
    return target
