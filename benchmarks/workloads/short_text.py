"""short select as text by key, connection held.

One repetition is a thousand selects with one bound parameter each, on a table of 10,000 rows.
The rival's import stays inside its function: each process loads one library only.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.django_setup import django_connection
from benchmarks.items import write_items
from benchmarks.workload import Work

ROWS = 10_000
KEYS = range(1, ROWS + 1, ROWS // 1_000)
QUESTION = "select id, name, age from item where id = ?"
NAMED = "select id, name, age from item where id = :id"
FORMAT = "select id, name, age from item where id = %s"


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program: one connection, one cursor."""
    return driver_work(sqlite3.connect(data).cursor())


def toolkit(data: Path) -> Work:
    """Ours."""
    library = import_module("toolkit")
    return engine_work(library, library.create_engine(f"sqlite:///{data}").connect())


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    library = import_module("sqlalchemy")
    return engine_work(library, library.create_engine(f"sqlite:///{data}").connect())


def peewee(data: Path) -> Work:
    """Peewee's door for plain SQL."""
    database = import_module("peewee").SqliteDatabase(str(data))
    database.connect()
    return peewee_work(database)


def django(data: Path) -> Work:
    """Django's door for plain SQL."""
    return django_work(django_connection(str(data)))


def driver_work(cursor: sqlite3.Cursor) -> Work:
    """The selects by the driver alone."""

    def work() -> int:
        total = 0
        for key in KEYS:
            total += cursor.execute(QUESTION, (key,)).fetchone()[2]
        return total

    return work


def engine_work(library: Any, connection: Any) -> Work:
    """The selects for both, written to the documented API they share."""
    text = library.text

    def work() -> int:
        total = 0
        for key in KEYS:
            total += connection.execute(text(NAMED), {"id": key}).first()[2]
        return total

    return work


def peewee_work(database: Any) -> Work:
    """The selects by Peewee."""

    def work() -> int:
        total = 0
        for key in KEYS:
            total += database.execute_sql(QUESTION, (key,)).fetchone()[2]
        return total

    return work


def django_work(connection: Any) -> Work:
    """The selects by Django: a cursor for each, as its documentation shows."""

    def work() -> int:
        total = 0
        for key in KEYS:
            with connection.cursor() as cursor:
                cursor.execute(FORMAT, [key])
                total += cursor.fetchone()[2]
        return total

    return work
