"""cold start to the first ORM row: interpreter, import, one mapped class, one object by key.

One repetition is one fresh process, counted whole: what a command or a function in the cloud
spends before it does anything.
"""

from __future__ import annotations

import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import run

from benchmarks.items import write_items
from benchmarks.workload import CannotRunError, Work

ROWS = 100

RAW = """
import sqlite3
row = sqlite3.connect({data!r}).execute("select * from item where id = ?", (7,)).fetchone()
assert row[1] == "name 7"
"""
MAPPED = """
from {package} import create_engine
from {package}.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase):
    pass
class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    city: Mapped[str]
    age: Mapped[int]
    score: Mapped[float]
    note: Mapped[str | None]
with Session(create_engine("sqlite:///" + {data!r})) as session:
    assert session.get(Item, 7).name == "name 7"
"""
PEEWEE = """
import peewee
from benchmarks.rival_items import peewee_item
assert peewee_item(peewee.SqliteDatabase({data!r})).get_by_id(7).name == "name 7"
"""
DJANGO = """
from benchmarks.rival_items import django_item
assert django_item({data!r})[1].objects.get(pk=7).name == "name 7"
"""


def prepare(data: Path) -> None:
    """The shared file."""
    write_items(data, ROWS)


def cpu_clock() -> float:
    """The clock of this workload: the work happens in processes that it starts."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def raw(data: Path) -> Work:
    """The driver alone."""
    return starting(RAW.format(data=str(data)))


def toolkit(data: Path) -> Work:
    """Ours."""
    return starting(MAPPED.format(package="toolkit", data=str(data)))


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return starting(MAPPED.format(package="sqlalchemy", data=str(data)))


def peewee(data: Path) -> Work:
    """Peewee's model and its door for keys."""
    return starting(PEEWEE.format(data=str(data)))


def django(data: Path) -> Work:
    """Django's model and its door for keys."""
    return starting(DJANGO.format(data=str(data)))


def starting(program: str) -> Work:
    """The work of one fresh process; a program that fails says why, before any is timed."""
    command = [sys.executable, "-c", program]
    tried = run(command, capture_output=True, text=True, check=False)
    if tried.returncode:
        raise CannotRunError(tried.stderr.strip().splitlines()[-1])

    def work() -> str:
        run(command, check=True)
        return "started"

    return work
