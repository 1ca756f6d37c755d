"""Reflection on servers: tables with keys, constraints and indexes, counted three ways."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from benchmarks.servers import HOME, BenchServer
from benchmarks.workload import Work

TABLES = 500
Summary = list[tuple[str, int, int, int, int]]

# What a program would ask that needs the numbers: names with how many there are of each kind.
_COUNTED = {
    "postgresql": (
        (
            f"select table_name, column_name from information_schema.columns "
            f"where table_schema = '{HOME}'"
        ),
        (
            f"select conrelid::regclass::text, contype from pg_constraint "
            f"where connamespace = '{HOME}'::regnamespace and contype in ('f', 'u')"
        ),
        (
            f"select tablename, indexname from pg_indexes where schemaname = '{HOME}' "
            "and indexname like 'ix%%'"
        ),
    ),
    "mysql": (
        (
            f"select table_name, column_name from information_schema.columns "
            f"where table_schema = '{HOME}'"
        ),
        (
            "select table_name, lower(left(constraint_type, 1)) from "
            f"information_schema.table_constraints where table_schema = '{HOME}' "
            "and constraint_type in ('FOREIGN KEY', 'UNIQUE')"
        ),
        (
            "select distinct table_name, index_name from information_schema.statistics "
            f"where table_schema = '{HOME}' and index_name like 'ix%%'"
        ),
    ),
}


def statements() -> list[str]:
    """A chain of tables, each with a CHECK, a UNIQUE constraint and an index."""
    made = []
    for number in range(TABLES):
        before = f"t{number - 1 if number else 0}"
        made.append(
            f"CREATE TABLE t{number} (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL, "
            "amount NUMERIC(10, 2), created TIMESTAMP NULL, note VARCHAR(9) DEFAULT 'x', "
            "active BOOLEAN, prior INTEGER, "
            f"CONSTRAINT fk_t{number} FOREIGN KEY (prior) REFERENCES {before} (id), "
            f"CONSTRAINT uq_t{number} UNIQUE (name), CONSTRAINT ck_t{number} CHECK (amount > 0))"
        )
        made.append(f"CREATE INDEX ix_t{number} ON t{number} (created, name)")
    return made


def raw(server: BenchServer) -> Work:
    """Three questions to the catalog, by hand."""
    cursor = server.connect().cursor()

    def work() -> Summary:
        columns, rules, indexes = (_asked(cursor, sql) for sql in _COUNTED[server.dialect])
        names = Counter(name for name, _ in columns)
        kinds = Counter((name, kind) for name, kind in rules)
        of = Counter(name for name, _ in indexes)
        return sorted(
            (name, count, kinds[name, "f"], kinds[name, "u"], of[name])
            for name, count in names.items()
        )

    return work


def _asked(cursor: Any, sql: str) -> list[tuple[str, str]]:
    cursor.execute(sql.replace("%%", "%"))
    return [(str(name), str(other)) for name, other in cursor.fetchall()]


def by_metadata(package: str, server: BenchServer) -> Work:
    """MetaData.reflect(), written to the documented API that both share."""
    library = import_module(package)
    engine = server.engine(package)

    def work() -> Summary:
        metadata = library.MetaData()
        metadata.reflect(engine)
        return sorted(
            (
                table.name,
                len(table.columns),
                len(table.foreign_key_constraints),
                # MySQL's are unique indexes.
                sum(isinstance(one, library.UniqueConstraint) for one in table.constraints)
                + sum(bool(index.unique) for index in table.indexes),
                sum(index.name.startswith("ix") for index in table.indexes),
            )
            for table in metadata.tables.values()
        )

    return work
