"""create 200 tables of five columns, with their keys and indexes, in a new database in memory.

The hand-written program looks which tables there are, as ``create_all()`` does, and creates all.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.language import language
from benchmarks.workload import CannotRunError, Work

__all__ = ["django", "peewee", "raw", "sqlalchemy", "toolkit"]

NUMBERS = range(200)
TABLE = """CREATE TABLE t{0} (id INTEGER NOT NULL, name VARCHAR(30) NOT NULL, age INTEGER,
score FLOAT, parent_id INTEGER, PRIMARY KEY (id), FOREIGN KEY(parent_id) REFERENCES t{1} (id))"""
INDEX = "CREATE INDEX ix_t{0}_name ON t{0} (name)"
COUNT = "SELECT count(*) FROM sqlite_master WHERE name LIKE 't%' OR name LIKE 'ix_%'"


def raw(data: Path) -> Work:
    """The hand-written program."""

    def work() -> int:
        connection = sqlite3.connect(":memory:")
        for number in NUMBERS:
            connection.execute(f"PRAGMA main.table_info('t{number}')").fetchall()
        for number in NUMBERS:
            connection.execute(TABLE.format(number, max(number - 1, 0)))
            connection.execute(INDEX.format(number))
        connection.commit()
        found: int = connection.execute(COUNT).fetchone()[0]
        connection.close()
        return found

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_metadata("toolkit")


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_metadata("sqlalchemy")


def by_metadata(package: str) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    metadata = library.MetaData()
    for number in NUMBERS:
        library.Table(
            f"t{number}",
            metadata,
            library.Column("id", library.Integer, primary_key=True),
            library.Column("name", library.String(30), nullable=False, index=True),
            library.Column("age", library.Integer),
            library.Column("score", library.Float),
            library.Column("parent_id", library.ForeignKey(f"t{max(number - 1, 0)}.id")),
        )

    def work() -> int:
        engine = library.create_engine("sqlite://")
        with engine.begin() as connection:
            metadata.create_all(connection)
            found: int = connection.execute(library.text(COUNT)).scalar()
        engine.dispose()
        return found

    return work


def peewee(data: Path) -> Work:
    """Peewee."""
    raise CannotRunError("not written for Peewee yet")


def django(data: Path) -> Work:
    """Django."""
    raise CannotRunError("not written for Django yet")
