"""import and create_engine, against `import sqlite3`.

One repetition starts two processes, one that imports and one that does nothing; what counts is the
CPU time of the first minus that of the second. Whoever was there before (byte code, disk cache) was
warmed up by the repetition before the timed ones.
"""

from __future__ import annotations

import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import run

from benchmarks.workload import CannotRunError, Work

NOTHING = "pass"

net_seconds = 0.0
"""CPU seconds of all importing processes so far, minus the empty ones'."""


def cpu_clock() -> float:
    """The clock of this workload: the work happens in processes that it starts."""
    return net_seconds


def raw(data: Path) -> Work:
    """The driver alone."""
    return importing("import sqlite3", data)


def toolkit(data: Path) -> Work:
    """Ours."""
    return importing("import toolkit; toolkit.create_engine('sqlite://')", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return importing("import sqlalchemy; sqlalchemy.create_engine('sqlite://')", data)


def peewee(data: Path) -> Work:
    """Peewee is core and ORM in one."""
    return importing("import peewee; peewee.SqliteDatabase(':memory:')", data)


def django(data: Path) -> Work:
    """Django's database layer with the settings it needs; core and ORM in one."""
    program = "from benchmarks.django_setup import django_connection as c; c(':memory:')"
    return importing(program, data)


def importing(program: str, data: Path) -> Work:
    """The work of importing, in fresh processes; one that fails says why, before any is timed."""
    del data
    tried = run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise CannotRunError(tried.stderr.strip().splitlines()[-1])

    def work() -> str:
        global net_seconds  # noqa: PLW0603 -- the clock that `cpu_clock` reads
        net_seconds += process_seconds(program) - process_seconds(NOTHING)
        return "imported"

    return work


def process_seconds(program: str) -> float:
    """User and system CPU seconds of one fresh interpreter with that program."""
    before = getrusage(RUSAGE_CHILDREN)
    run([sys.executable, "-c", program], check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
