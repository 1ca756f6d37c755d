"""Golden cases on a real server: what is there for them, and how one is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.core.golden import select_namespace, server_cases
from tests.core.golden.case import Unknown
from tests.core.golden.namespace import make_table
from toolkit_core.compiler.processors import result_processor
from toolkit_core.schema import CreateSchema, CreateTable, Table

SCHEMA = "golden"
ROW = (
    "INSERT INTO t VALUES (1, 7, 2, NULL, 'Hello', 'a%b_c', 2.5, 1.5, true, "
    "'2024-02-03 04:05:06.000007', '2024-02-03', '{1,2,3}')"
)
_INSERTS = re.compile(r"INSERT INTO .*?;", re.DOTALL)


def _expressions(cursor: Any, dialect: Any) -> None:
    _create(cursor, dialect, [make_table()])
    cursor.execute("CREATE SEQUENCE seq")
    cursor.execute(ROW)


def _selects(cursor: Any, dialect: Any) -> None:
    _create(cursor, dialect, select_namespace.metadata.sorted_tables)
    cursor.execute("CREATE TABLE tt (x INTEGER, y INTEGER); CREATE TABLE zz (x INTEGER)")
    for insert in _INSERTS.findall(select_namespace.SETUP):
        cursor.execute(insert)


def _create(cursor: Any, dialect: Any, tables: list[Any]) -> None:
    for table in tables:
        cursor.execute(str(CreateTable(table).compile(dialect=dialect)))


_PREPARE: dict[str, Callable[[Any, Any], None]] = {
    "expressions": _expressions,
    "selects": _selects,
}


@contextmanager
def prepared(connection: Any, dialect: Any, kind: str) -> Iterator[Any]:
    """Give a cursor in a schema with what the cases of a kind read; nothing of it stays."""
    cursor = connection.cursor()
    cursor.execute(f"CREATE SCHEMA {SCHEMA}; SET LOCAL search_path TO {SCHEMA}")
    # Some recursive queries have no end.
    cursor.execute("SET LOCAL statement_timeout TO 4000")
    _PREPARE[kind](cursor, dialect)
    try:
        yield cursor
    finally:
        connection.rollback()
        connection.close()


def answered(kind: str, title: str, dialect: Any, cursor: Any) -> Any:
    """Return what the server answers: a value, the rows, or the name of its error."""
    statement = server_cases.made(kind, title)[0]
    cursor.execute("SAVEPOINT golden")
    try:
        if kind == "expressions":
            found = _value(statement, dialect, cursor)
        else:
            server_cases.sent(statement, dialect, cursor)
            found = [column[0] for column in cursor.description]
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        cursor.execute("ROLLBACK TO SAVEPOINT golden")
        return f"!! {type(error).__name__}"
    cursor.execute("RELEASE SAVEPOINT golden")
    return found


def _value(expression: Any, dialect: Any, cursor: Any) -> Any:
    server_cases.sent(expression, dialect, cursor, around="SELECT {} FROM t")
    row = cursor.fetchone()
    process = result_processor(getattr(expression, "type", None), dialect) if row else None
    value = row[0] if row else Unknown
    return value if process is None else process(value)


def created(title: str, dialect: Any, connection: Any) -> str:
    """Execute a DDL case with what it needs; return the name of an error, or nothing."""
    cursor = connection.cursor()
    try:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}; SET LOCAL search_path TO {SCHEMA}")
        there: set[int] = set()
        for statement in server_cases.made("ddl", title):
            for needed in (*_tables_beside(statement, there), *server_cases.needs(statement)):
                cursor.execute(str(needed.compile(dialect=dialect)), {})
            cursor.execute(str(statement.compile(dialect=dialect)), {})
    except Exception as error:  # noqa: BLE001 - which one it is is the answer
        return f"!! {type(error).__name__}"
    finally:
        connection.rollback()
    return ""


def _tables_beside(statement: Any, there: set[int]) -> list[Any]:
    """Return what creates the schemas of a statement's table, and the tables that it points to."""
    element = getattr(statement, "element", None)
    table = element if isinstance(element, Table) else getattr(element, "table", None)
    if not isinstance(table, Table):
        return []
    tables = [one for one in table.metadata.sorted_tables if id(one) not in there]
    there.update(map(id, table.metadata.tables.values()))
    schemas = {str(one.schema) for one in tables if one.schema is not None}
    made: list[Any] = [CreateSchema(name, if_not_exists=True) for name in sorted(schemas)]
    others = [one for one in tables if one is not table and not one.is_view]
    if isinstance(statement, CreateTable):
        made += [CreateTable(one) for one in others]
    return made
