"""A value's way to a real SQLite database and back, with the processors of its type."""

from __future__ import annotations

import sqlite3
from typing import Any

from tests.core.types.dialects import SQLITE
from toolkit_core.types import ARRAY, NullType, TypeEngine, write_literal


def stored_and_read(type_: TypeEngine[Any], value: Any, dialect: Any = SQLITE) -> Any:
    """Return what comes back of a value that was stored in a column of the type."""
    return stored(type_, value, dialect)[0]


def stored(type_: TypeEngine[Any], value: Any, dialect: Any = SQLITE) -> tuple[Any, Any, str]:
    """Return what comes back, what SQLite holds, and as what."""
    here = type_.dialect_impl(dialect)
    bind = here.bind_processor(dialect)
    ddl = "" if isinstance(here, (NullType, ARRAY)) else here.compile(dialect)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(f"CREATE TABLE t (x {ddl})".replace(' COLLATE "fr"', ""))
        connection.execute("INSERT INTO t VALUES (?)", (bind(value) if bind else value,))
        held, kind = connection.execute("SELECT x, typeof(x) FROM t").fetchone()
    finally:
        connection.close()
    return read(here, held, dialect), held, kind


def literal_and_read(type_: TypeEngine[Any], value: Any, dialect: Any = SQLITE) -> Any:
    """Return what comes back of a value that was written into the SQL."""
    here = type_.dialect_impl(dialect)
    connection = sqlite3.connect(":memory:")
    try:
        sql = f"SELECT {write_literal(type_, dialect, value)}, 'the end'"
        held, end = connection.execute(sql).fetchone()
        assert end == "the end"
    finally:
        connection.close()
    return read(here, held, dialect)


def read(type_: TypeEngine[Any], held: Any, dialect: Any = SQLITE) -> Any:
    """Return what a stored value is to Python."""
    process = type_.result_processor(dialect, None)
    return held if process is None else process(held)
