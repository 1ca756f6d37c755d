"""fetch 100k × 6 plain columns, tuples."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from benchmarks.django_setup import django_connection
from benchmarks.items import write_items
from benchmarks.workload import Work

ROWS = 100_000
STATEMENT = "select id, name, city, age, score, note from item"


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    return lambda: connection.execute(STATEMENT).fetchall()


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_engine("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_engine("sqlalchemy", data)


def by_engine(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = import_module(package)
    connection = library.create_engine(f"sqlite:///{data}").connect()
    return lambda: connection.execute(library.text(STATEMENT)).fetchall()


def peewee(data: Path) -> Work:
    """Peewee's door for plain SQL."""
    database = import_module("peewee").SqliteDatabase(str(data))
    database.connect()
    return lambda: database.execute_sql(STATEMENT).fetchall()


def django(data: Path) -> Work:
    """Django's door for plain SQL."""
    connection = django_connection(str(data))

    def work() -> object:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT)
            return cursor.fetchall()

    return work
