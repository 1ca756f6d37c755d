"""Workloads on PostgreSQL and MySQL: where the servers are, and the programs on each of them.

A server is given by the variable that the tests take it from.  All data is in a schema, or a
database, that the run makes and drops.  What is timed is this process: the server's own work is
the same for all libraries.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit

from benchmarks.items import COLUMNS, item_rows
from benchmarks.language import item_table, language
from benchmarks.workload import CannotRunError, Work

VARIABLES = {
    "postgresql": ("TOOLKIT_TEST_POSTGRESQL_18_URL", "TOOLKIT_TEST_POSTGRESQL_URL"),
    "mysql": ("TOOLKIT_TEST_MYSQL_9_URL", "TOOLKIT_TEST_MYSQL_URL"),
}
DRIVERS = {"postgresql": "psycopg2", "mysql": "pymysql"}
HOME = "toolkit_bench"
ITEM = (
    "create table item (id integer primary key, name varchar(50) not null, "
    "city varchar(50) not null, age integer not null, score double precision not null, "
    "note varchar(50))"
)
SELECT = "select id, name, age from item where id = %s"
FETCH = "select id, name, city, age, score, note from item"
INSERT = "insert into item values (%s, %s, %s, %s, %s, %s)"


class BenchServer:
    """A server, through the driver that is the dialect's default."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.url = next((os.environ[name] for name in VARIABLES[dialect] if name in os.environ), "")

    def connect(self, *, at_home: bool = True) -> Any:
        """Open a connection of the driver's own, in the run's schema or database."""
        return import_module(DRIVERS[self.dialect]).connect(**self.words(at_home=at_home))

    def words(self, *, at_home: bool = True) -> dict[str, Any]:
        """What the driver's ``connect()`` is told."""
        parts = urlsplit(self._given())
        words: dict[str, Any] = {
            "host": parts.hostname,
            "port": parts.port,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
        }
        if self.dialect == "postgresql":
            words["dbname"] = parts.path[1:]
            words["options"] = f"-csearch_path={HOME}"
        elif at_home:
            words["database"] = HOME
        return words

    def engine(self, package: str) -> Any:
        """Make a library's engine on the same."""
        library = import_module(package)
        url = library.make_url(self._given()).set(
            drivername=f"{self.dialect}+{DRIVERS[self.dialect]}"
        )
        if self.dialect == "postgresql":
            url = url.update_query_dict({"options": f"-csearch_path={HOME}"})
        else:
            url = url.set(database=HOME)
        return library.create_engine(url)

    def prepare(self, statements: Iterable[str], rows: int = 0) -> None:
        """Make the schema anew, with tables and so many items; nothing where no server is."""
        if not self.url:
            return
        self.clear()
        home = "schema" if self.dialect == "postgresql" else "database"
        self.send(f"create {home} {HOME}", at_home=False)
        connection = self.connect()
        cursor = connection.cursor()
        for sql in statements:
            cursor.execute(sql)
        if rows:
            self.send_many(cursor, list(item_rows(rows)))
        connection.commit()
        connection.close()

    def fill(self, tables: Mapping[str, list[tuple[Any, ...]]]) -> None:
        """Put rows into tables of PostgreSQL that are there."""
        if not self.url:
            return
        connection = self.connect()
        cursor = connection.cursor()
        values = import_module("psycopg2.extras").execute_values
        for table, rows in tables.items():
            values(cursor, f"insert into {table} values %s", rows, page_size=1000)
        cursor.execute("analyze")
        connection.commit()
        connection.close()

    def clear(self) -> None:
        """Drop what was made."""
        if self.url:
            postgresql = self.dialect == "postgresql"
            what = (
                f"schema if exists {HOME} cascade" if postgresql else f"database if exists {HOME}"
            )
            self.send(f"drop {what}", at_home=False)

    def send(self, sql: str, *, at_home: bool = True) -> None:
        """Send one statement on a connection of its own."""
        connection = self.connect(at_home=at_home)
        connection.cursor().execute(sql)
        connection.commit()
        connection.close()

    def send_many(self, cursor: Any, rows: list[Any]) -> None:
        """Insert many rows in the driver's own quickest way for INSERT."""
        if self.dialect == "postgresql":
            values = import_module("psycopg2.extras").execute_values
            values(cursor, "insert into item values %s", rows, page_size=1000)
        else:
            cursor.executemany(INSERT, rows)

    def _given(self) -> str:
        if not self.url:
            raise CannotRunError(f"no server: {VARIABLES[self.dialect][0]} is not set")
        return self.url


# -- the short select ------------------------------------------------------------------------

KEYS = range(1, 501)


def raw_select(server: BenchServer) -> Work:
    """The select by key, by hand."""
    cursor = server.connect().cursor()

    def work() -> int:
        total = 0
        for key in KEYS:
            cursor.execute(SELECT, (key,))
            total += cursor.fetchone()[2]
        return total

    return work


def select_by(package: str, server: BenchServer) -> Work:
    """The select by key in the expression language, built anew each time, connection held."""
    library = language(package)
    select, columns = library.select, item_table(library).c
    connection = server.engine(package).connect()

    def work() -> int:
        total = 0
        for key in KEYS:
            question = select(columns.id, columns.name, columns.age).where(columns.id == key)
            total += connection.execute(question).first()[2]
        return total

    return work


# -- fetching --------------------------------------------------------------------------------


def raw_fetch(server: BenchServer) -> Work:
    """All rows, by hand."""
    cursor = server.connect().cursor()

    def work() -> Any:
        cursor.execute(FETCH)
        return list(cursor.fetchall())

    return work


def fetch_by(package: str, server: BenchServer) -> Work:
    """All rows by a library's text()."""
    library = import_module(package)
    connection = server.engine(package).connect()
    return lambda: connection.execute(library.text(FETCH)).fetchall()


# -- writing ---------------------------------------------------------------------------------


def raw_insert(server: BenchServer, count: int) -> Work:
    """Many rows, rolled back."""
    connection = server.connect()
    rows = list(item_rows(count))

    def work() -> int:
        cursor = connection.cursor()
        server.send_many(cursor, rows)
        connection.rollback()
        return count

    return work


def insert_by(package: str, server: BenchServer, count: int) -> Work:
    """Many rows by insert(), rolled back."""
    library = language(package)
    table = item_table(library)
    connection = server.engine(package).connect()
    sets = [dict(zip(COLUMNS, row, strict=True)) for row in item_rows(count)]

    def work() -> int:
        connection.execute(library.insert(table), sets)
        connection.rollback()
        return count

    return work


def raw_returning(server: BenchServer, count: int) -> Work:
    """Many rows that return their keys, rolled back."""
    connection = server.connect()
    rows = list(item_rows(count))
    values = import_module("psycopg2.extras").execute_values
    sql = "insert into item values %s returning id"

    def work() -> Any:
        found = values(connection.cursor(), sql, rows, page_size=1000, fetch=True)
        connection.rollback()
        return found

    return work


def returning_by(package: str, server: BenchServer, count: int) -> Work:
    """Many rows that return their keys, by insert().returning(), rolled back."""
    library = language(package)
    table = item_table(library)
    connection = server.engine(package).connect()
    sets = [dict(zip(COLUMNS, row, strict=True)) for row in item_rows(count)]

    def work() -> Any:
        found = connection.execute(library.insert(table).returning(table.c.id), sets).all()
        connection.rollback()
        return found

    return work


def raw_copy(server: BenchServer, count: int) -> Work:
    """COPY of rows that Python writes as text, rolled back."""
    connection = server.connect()
    rows = list(item_rows(count))

    def work() -> int:
        text = StringIO()
        for row in rows:
            text.write("\t".join("\\N" if one is None else str(one) for one in row) + "\n")
        text.seek(0)
        connection.cursor().copy_expert("copy item from stdin", text)
        connection.rollback()
        return count

    return work


def bulk_load(server: BenchServer, count: int) -> Work:
    """Ours, which is COPY on PostgreSQL, rolled back."""
    table = item_table(language("toolkit"))
    connection = server.engine("toolkit").connect()
    rows = list(item_rows(count))

    def work() -> int:
        loaded: int = connection.bulk_load(table, rows, columns=COLUMNS)
        connection.rollback()
        return loaded

    return work
