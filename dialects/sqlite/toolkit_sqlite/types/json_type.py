"""JSON as SQLite keeps it: text, which it takes for a number where it looks like one."""

from __future__ import annotations

from json import dumps
from math import isfinite
from typing import Any

from toolkit_core.dialect.types import (
    JSON,
    JSON_NULL,
    Processor,
    TypeDialect,
    Writes,
    deserializer,
    serializer,
    text_literal,
)
from toolkit_sqlite.types.table import sqlite_types

_LARGEST = 2**63 - 1
_READS_ESCAPES = (3, 45, 0)


@sqlite_types.bind(JSON)
def bind_json(type_: JSON[Any], dialect: TypeDialect) -> Processor:
    """Send the text; a number alone must fit into SQLite's own."""
    dump, none_as_null = serializer(dialect), type_.none_as_null

    def convert(value: Any) -> Any:
        if (value is None and none_as_null) or getattr(value, "is_sql_null", False):
            return None
        if isinstance(value, int) and not -_LARGEST - 1 <= value <= _LARGEST:
            raise OverflowError(
                f"{value} is too large for SQLite, which keeps a JSON number of its own as 64 bits"
            )
        if value.__class__ is float and dump is dumps and isfinite(value):
            # The text would be read as a number, not always the nearest one; this is one.
            return value
        return dump(None if value is JSON_NULL else value)

    return convert


@sqlite_types.result(JSON)
def read_json(type_: JSON[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Read the text; a number is one already.

    A column declared as JSON has numeric affinity: https://sqlite.org/datatype3.html#affname
    """
    load = deserializer(dialect)

    def convert(value: Any) -> Any:
        return load(value) if isinstance(value, (str, bytes)) else value

    return convert


@sqlite_types.bind(JSON.JSONIndexType)
def bind_index(type_: Any, dialect: TypeDialect) -> Processor:
    """Make a path of one step."""
    quotes = finds_quotes(dialect)
    return lambda value: sqlite_path((value,), quotes=quotes)


@sqlite_types.bind(JSON.JSONPathType)
def bind_path(type_: Any, dialect: TypeDialect) -> Processor:
    """Make a path."""
    quotes = finds_quotes(dialect)
    return lambda value: sqlite_path(value, quotes=quotes)


@sqlite_types.literal(JSON.JSONIndexType)
def write_index(type_: Any, dialect: TypeDialect) -> Writes:
    """Write a path of one step."""
    quotes, write = finds_quotes(dialect), text_literal(dialect)
    return lambda value: write(sqlite_path((value,), quotes=quotes))


@sqlite_types.literal(JSON.JSONPathType)
def write_path(type_: Any, dialect: TypeDialect) -> Writes:
    """Write a path."""
    quotes, write = finds_quotes(dialect), text_literal(dialect)
    return lambda value: write(sqlite_path(value, quotes=quotes))


def finds_quotes(dialect: Any) -> bool:
    """Tell whether a key with a quotation mark in it can be named."""
    return bool(dialect.dbapi_version >= _READS_ESCAPES)


def sqlite_path(steps: Any, *, quotes: bool = True) -> str:
    r"""Return keys and positions as SQLite's path; a negative one counts from the end.

    Keys are escaped as Python's ``json`` does it: older versions compare them with the stored
    text, letter by letter.  https://sqlite.org/json1.html#path_arguments

    >>> sqlite_path(("a", -1, "é"))
    '$."a"[#-1]."\\u00e9"'
    """
    return "$" + "".join([_step(step, quotes=quotes) for step in steps])


def _step(step: Any, *, quotes: bool) -> str:
    if isinstance(step, int):
        return f"[{step}]" if step >= 0 else f"[#{step}]"
    if not isinstance(step, str):
        raise TypeError(f"a step into JSON is a key or a position, not {step!r}")
    if '"' in step and not quotes:
        raise ValueError(
            f"SQLite before {'.'.join(map(str, _READS_ESCAPES))} cannot look up the JSON key "
            f"{step!r}, for the quotation mark in it"
        )
    # A quotation mark ends the key, however it is escaped, but for its number.
    inside = dumps(step)[1:-1].replace('\\"', "\\u0022")
    return f'."{inside}"'
