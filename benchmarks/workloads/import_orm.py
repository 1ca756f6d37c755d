"""import of what an ORM program names, and create_engine, against `import sqlite3`.

Counted as in `import_core`: fresh processes, less the empty ones.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.workload import Work
from benchmarks.workloads.import_core import cpu_clock, django, importing, peewee, raw

__all__ = ["cpu_clock", "django", "peewee", "raw", "sqlalchemy", "toolkit"]

PROGRAM = """
from {0} import ForeignKey, String, create_engine, select
from {0}.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
create_engine('sqlite://')
"""


def toolkit(data: Path) -> Work:
    """Ours."""
    return importing(PROGRAM.format("toolkit"), data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return importing(PROGRAM.format("sqlalchemy"), data)
