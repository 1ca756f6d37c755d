"""Sending every golden case to MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.containers.backend import Backend
from tests.core.golden import server_cases
from tests.core.golden.case import Unknown
from toolkit import create_engine
from toolkit_core import schema

# SQLite's tables of the expressions and of the SELECTs, with types that have a length.
_TABLE = """CREATE TABLE t (
    id INTEGER, x INTEGER, y INTEGER, z INTEGER, name VARCHAR(50), note VARCHAR(50),
    price NUMERIC(10, 2), f DOUBLE, flag BOOL, dt DATETIME(6), d DATE
)"""
_ROW = """INSERT INTO t VALUES (
    1, 7, 2, NULL, 'Hello', 'a%b_c', 2.5, 1.5, 1, '2024-02-03 04:05:06.000007', '2024-02-03'
)"""
EXPRESSIONS = (_TABLE, _ROW)
SELECTS = (
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50), age INTEGER)",
    "CREATE TABLE addresses (id INTEGER PRIMARY KEY, user_id INTEGER, email VARCHAR(50))",
    "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER, val INTEGER)",
    "CREATE TABLE tt (x INTEGER, y INTEGER)",
    "CREATE TABLE zz (x INTEGER)",
    "INSERT INTO users VALUES (1, 'ann', 30), (2, 'bob', 1), (3, 'cid', 2)",
    "INSERT INTO addresses VALUES (1, 1, 'a@x'), (2, 1, 'a@y'), (4, 3, 'c@x')",
    "INSERT INTO node VALUES (1, NULL, 5), (2, 1, 6), (3, 1, 7)",
    "INSERT INTO tt VALUES (1, 3), (2, 4)",
)


def the_dialect(backend: Backend) -> Any:
    """Return the dialect as it is once it has seen the server."""
    engine = create_engine(backend.url)
    try:
        with engine.connect():
            return engine.dialect
    finally:
        engine.dispose()


@contextmanager
def database(backend: Backend, name: str, *setup: str) -> Iterator[Any]:
    """Give a cursor on a database of its own."""
    connection = backend.connect()
    own = f"{backend.address.database}_{name}"
    cursor = connection.cursor()
    try:
        for sql in (f"DROP DATABASE IF EXISTS {own}", f"CREATE DATABASE {own}", f"USE {own}"):
            cursor.execute(sql)
        # Some of the cases would count for ever; MySQL stops by itself.
        cursor.execute("/*M! SET max_recursive_iterations = 5, max_statement_time = 20 */")
        for sql in setup:
            cursor.execute(sql)
        yield cursor
        connection.rollback()
    finally:
        connection.rollback()
        cursor.execute("SET foreign_key_checks = 0")
        cursor.execute(f"DROP DATABASE IF EXISTS {own}")
        connection.close()


def answer(cursor: Any, send: Any) -> str | None:
    """Send something; return the number of the server's error, that of another, or None."""
    try:
        send()
        if cursor.description is not None:
            cursor.fetchall()
    except Exception as error:  # noqa: BLE001 - whatever the driver raises is the answer
        number = error.args[0] if error.args else ""
        return str(number) if isinstance(number, int) else type(error).__name__
    return None


def value_of(cursor: Any, title: str, dialect: Any) -> Any:
    """Return what the server makes of an expression, for the one row of its table."""
    (expression,) = server_cases.made("expressions", title)
    made = expression.compile(dialect=dialect)
    found = made.expanded(made.construct_params(_check=False))
    values = {
        name: server_cases._processed(value, found.types[name], dialect)
        for name, value in found.values.items()
    }
    positional = dialect.style.paramstyle.positional
    given = tuple(values[one] for one in found.names) if positional else values
    cursor.execute(f"SELECT {found.sql} FROM t", given)
    row = cursor.fetchone()
    cursor.fetchall()
    return row[0] if len(row) == 1 else row


def same_value(found: Any, wanted: Any) -> bool:
    """Tell whether the server's value is the one that is wanted: a value, or its ``repr``."""
    if wanted is Unknown:
        return True
    if isinstance(found, float) and isinstance(wanted, float):
        return abs(found - wanted) < 1e-9
    if isinstance(found, (bytes, bytearray)):
        found = bytes(found).decode()
    return bool(found == wanted) or repr(found) == wanted


# -- DDL ----------------------------------------------------------------------------------

# Schemas of the cases, which are databases here: each run has some of its own for them.
SCHEMAS = ("shop", "Shop One", "a.b", "S", "s", "main", "temp", "A", "Shop")


def send_ddl(cursor: Any, title: str, dialect: Any, own: str) -> None:
    """Send the statements of a case, after what they need to be there."""
    there = {name: f"{own}_{number}" for number, name in enumerate(SCHEMAS)}
    for element in server_cases.made("ddl", title):
        for one in (*server_cases.needs(element), *_its_table(element), element):
            _referred(cursor, one, dialect, there)
            _send(cursor, _ddl(one, dialect, there), there)


def _its_table(element: Any) -> list[Any]:
    """Return how to create what a comment is set on, or a constraint added to or dropped from."""
    item: Any = getattr(element, "element", None)
    if isinstance(element, _OF_A_TABLE):
        item = item.table
    elif not isinstance(element, (schema.SetTableComment, schema.DropTableComment)):
        return []
    return [schema.CreateTable(item, if_not_exists=True)]


_OF_A_TABLE = (
    schema.AddConstraint,
    schema.DropConstraint,
    schema.SetColumnComment,
    schema.DropColumnComment,
)


def _ddl(element: Any, dialect: Any, there: dict[str, str]) -> str:
    return str(element.compile(dialect=dialect, compile_kwargs={"schema_translate_map": there}))


def _referred(cursor: Any, element: Any, dialect: Any, there: dict[str, str]) -> None:
    """Create what the foreign keys of a table point to."""
    table = getattr(element, "element", None)
    if not isinstance(table, schema.Table) or not isinstance(element, schema.CreateTable):
        return
    for key in table.foreign_key_constraints:
        if key.referred_table is not table:
            made = schema.CreateTable(key.referred_table, if_not_exists=True)
            _send(cursor, _ddl(made, dialect, there), there)


def _send(cursor: Any, sql: str, there: dict[str, str]) -> None:
    """Send it, when the databases are there that it names."""
    for name in there.values():
        if name in sql:
            cursor.execute(f"CREATE DATABASE IF NOT EXISTS {name}")
    cursor.execute(sql, ())


@contextmanager
def ddl_database(backend: Backend) -> Iterator[tuple[Any, str]]:
    """Give a cursor on a database of its own, and the name that the others begin with."""
    own = f"{backend.address.database}_ddl"
    with database(backend, "ddl") as cursor:
        try:
            yield cursor, own
        finally:
            cursor.execute("SET foreign_key_checks = 0")
            cursor.execute(
                "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE %s",
                (f"{own}\\_%",),
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP DATABASE {name}")
