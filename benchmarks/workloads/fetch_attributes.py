"""fetch 100k rows by text, read all six columns of each by attribute.

What was read last and how many rows there were is the result: keeping every value would measure
lists instead.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.items import COLUMNS
from benchmarks.workload import CannotRunError, Work
from benchmarks.workloads.fetch_plain import STATEMENT, prepare

__all__ = ["django", "peewee", "prepare", "raw", "sqlalchemy", "toolkit"]


def raw(data: Path) -> Work:
    """The hand-written program names the columns by unpacking."""
    connection = sqlite3.connect(data)

    def work() -> object:
        count = 0
        seen: object = None
        for key, name, city, age, score, note in connection.execute(STATEMENT):
            seen = key, name, city, age, score, note
            count += 1
        return count, seen

    return work


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

    def work() -> object:
        count = 0
        seen: object = None
        for row in connection.execute(library.text(STATEMENT)):
            seen = row.id, row.name, row.city, row.age, row.score, row.note
            count += 1
        return count, seen

    return work


def peewee(data: Path) -> Work:
    """Peewee names columns of plain SQL through a model's raw query."""
    library = import_module("peewee")
    database = library.SqliteDatabase(str(data))
    fields = {name: library.BareField() for name in COLUMNS if name != "id"}
    meta = type("Meta", (), {"database": database, "table_name": "item"})
    item: Any = type("Item", (library.Model,), {**fields, "Meta": meta})
    database.connect()

    def work() -> object:
        count = 0
        seen: object = None
        for row in item.raw(STATEMENT).namedtuples().iterator():
            seen = row.id, row.name, row.city, row.age, row.score, row.note
            count += 1
        return count, seen

    return work


def django(data: Path) -> Work:
    """Django's cursor has no names."""
    del data
    raise CannotRunError("Django's cursor gives plain tuples, without attributes")
