"""insert 100,000 rows by one executemany.

The rows are made outside the timed region, for the driver as tuples and for the others as
dictionaries.  Each repetition is rolled back, so that all are alike.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from benchmarks.items import COLUMNS, item_rows, write_items
from benchmarks.language import item_table, language
from benchmarks.rival_items import django_item, peewee_item
from benchmarks.workload import Work

ROWS = 100_000
QUESTION = "insert into item values (?, ?, ?, ?, ?, ?)"


def prepare(data: Path) -> None:
    """The shared file, with an empty table."""
    write_items(data, 0)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)
    rows = list(item_rows(ROWS))

    def work() -> int:
        count = connection.executemany(QUESTION, rows).rowcount
        connection.rollback()
        return count

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_statement("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_statement("sqlalchemy", data)


def by_statement(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    table = item_table(library)
    connection = library.create_engine(f"sqlite:///{data}").connect()
    sets = [dict(zip(COLUMNS, row, strict=True)) for row in item_rows(ROWS)]

    def work() -> int:
        count: int = connection.execute(library.insert(table), sets).rowcount
        connection.rollback()
        return count

    return work


def peewee(data: Path) -> Work:
    """Peewee's insert of many, in pieces that SQLite's limit of values allows."""
    database = import_module("peewee").SqliteDatabase(str(data))
    item = peewee_item(database)
    rows = list(item_rows(ROWS))

    def work() -> int:
        with database.atomic() as transaction:
            for start in range(0, ROWS, 5_000):
                item.insert_many(rows[start : start + 5_000]).execute()
            count: int = item.select().count()
            transaction.rollback()
        return count

    return work


def django(data: Path) -> Work:
    """Django's bulk_create: it takes objects, which are made outside the timed region."""
    _, item = django_item(str(data))
    atomic = import_module("django.db.transaction")
    objects = [item(**dict(zip(COLUMNS, row, strict=True))) for row in item_rows(ROWS)]

    def work() -> int:
        with atomic.atomic():
            count = len(item.objects.bulk_create(objects))
            atomic.set_rollback(True)
        return count

    return work
