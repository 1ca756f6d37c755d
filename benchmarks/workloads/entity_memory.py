"""memory per loaded entity, against a dictionary for each row (µs are bytes here).

The clock of this workload counts bytes, not time: what Python has allocated for 20,000 rows of six
columns, values and all, while the program holds them.  It is divided by the rows, so that one
repetition shows the bytes of one entity.
"""

from __future__ import annotations

import gc
import sqlite3
import tracemalloc
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.items import COLUMNS, write_items
from benchmarks.mapped import Mapped
from benchmarks.rival_items import django_item, peewee_item
from benchmarks.workload import Work

ROWS = 20_000
STATEMENT = f"select {', '.join(COLUMNS)} from item"
# Three repetitions are enough: the count does not vary.
LEAST_SECONDS = 0.0001

counted = 0.0
"""Millionths of a second, one for each byte of one entity."""


def cpu_clock() -> float:
    """The clock of this workload."""
    return counted


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def raw(data: Path) -> Work:
    """The hand-written program."""
    connection = sqlite3.connect(data)

    def load() -> list[Any]:
        rows = connection.execute(STATEMENT)
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]

    return holding(load)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_session("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_session("sqlalchemy", data)


def by_session(package: str, data: Path) -> Work:
    """The program for both: the session is held, and with it the identity map."""
    mapped = Mapped(package, data)
    item = mapped.item()
    session = mapped.session()

    def load() -> list[Any]:
        session.expunge_all()
        found: list[Any] = session.scalars(mapped.select(item)).all()
        return found

    return holding(load)


def peewee(data: Path) -> Work:
    """Peewee's objects."""
    item = peewee_item(import_module("peewee").SqliteDatabase(str(data)))
    return holding(lambda: list(item.select()))


def django(data: Path) -> Work:
    """Django's objects."""
    _, item = django_item(str(data))
    return holding(lambda: list(item.objects.all()))


def holding(load: Callable[[], list[Any]]) -> Work:
    """The work of loading all and counting what that holds."""

    def work() -> int:
        global counted  # noqa: PLW0603 - the clock that `cpu_clock` reads
        gc.collect()
        tracemalloc.start()
        held = load()
        gc.collect()
        now, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        counted += now / len(held) / 1e6
        return len(held)

    return work
