"""Reflect 200 tables with their keys, constraints and indexes.

The raw program asks the pragmas table by table and keeps the rows; what is compared is the number
of columns, foreign keys, unique constraints and indexes of each table.
"""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

from benchmarks.django_setup import django_connection
from benchmarks.workload import Work

TABLES = 200
Summary = list[tuple[str, int, int, int, int]]


def prepare(data: Path) -> None:
    """A chain of tables, each with a CHECK, a UNIQUE constraint and an index."""
    connection = sqlite3.connect(data)
    for number in range(TABLES):
        before = f"t{number - 1 if number else 0}"
        connection.execute(
            f"CREATE TABLE t{number} (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL, "
            "amount NUMERIC(10, 2), created DATETIME, note TEXT DEFAULT 'x', active BOOLEAN, "
            f"before INTEGER REFERENCES {before} (id) ON DELETE CASCADE, "
            f"CONSTRAINT uq_t{number} UNIQUE (name), CONSTRAINT ck_t{number} CHECK (amount > 0))"
        )
        connection.execute(f"CREATE INDEX ix_t{number} ON t{number} (created, name)")
    connection.commit()
    connection.close()


def raw(data: Path) -> Work:
    """The pragmas, through the driver alone."""

    def work() -> Summary:
        connection = sqlite3.connect(data)
        ask = connection.execute
        found: Summary = []
        for name, _ in ask("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = ask(f'PRAGMA table_xinfo("{name}")').fetchall()
            keys = ask(f'PRAGMA foreign_key_list("{name}")').fetchall()
            indexes = ask(f'PRAGMA index_list("{name}")').fetchall()
            for index in indexes:
                ask(f'PRAGMA index_xinfo("{index[1]}")').fetchall()
            unique = sum(1 for index in indexes if index[3] == "u")
            found.append((name, len(columns), len(keys), unique, len(indexes) - unique))
        connection.close()
        return sorted(found)

    return work


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_metadata("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_metadata("sqlalchemy", data)


def by_metadata(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = import_module(package)
    engine = library.create_engine(f"sqlite:///{data}")

    def work() -> Summary:
        metadata = library.MetaData()
        metadata.reflect(engine)
        return sorted(
            (
                table.name,
                len(table.columns),
                len(table.foreign_key_constraints),
                sum(isinstance(one, library.UniqueConstraint) for one in table.constraints),
                len(table.indexes),
            )
            for table in metadata.tables.values()
        )

    return work


def peewee(data: Path) -> Work:
    """The introspection by Peewee's playhouse, which makes models of it."""
    database = import_module("peewee").SqliteDatabase(str(data))
    database.connect()
    introspector = import_module("playhouse.reflection").Introspector.from_database(database)

    def work() -> Summary:
        said = introspector.introspect()
        introspector.generate_models()
        found: Summary = []
        for name, columns in said.columns.items():
            # It takes the index of a constraint for an index like any other.
            indexes = database.get_indexes(name)
            unique = sum(index.name.startswith("sqlite_autoindex") for index in indexes)
            keys = len(said.foreign_keys[name])
            found.append((name, len(columns), keys, unique, len(indexes) - unique))
        return sorted(found)

    return work


def django(data: Path) -> Work:
    """The introspection that Django's inspectdb is made of."""
    connection = django_connection(str(data))
    tables = connection.introspection

    def work() -> Summary:
        found: Summary = []
        with connection.cursor() as cursor:
            for name in tables.table_names(cursor):
                columns = tables.get_table_description(cursor, name)
                rules = tables.get_constraints(cursor, name).values()
                keys = sum(bool(rule["foreign_key"]) for rule in rules)
                plain = [rule for rule in rules if not rule["primary_key"]]
                unique = sum(bool(rule["unique"]) for rule in plain)
                indexes = sum(rule["index"] and not rule["unique"] for rule in plain)
                found.append((name, len(columns), keys, unique, indexes))
        return sorted(found)

    return work
