"""JSON as SQLite keeps it: text, which it takes for a number where it looks like one."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import (
    JSON,
    JSON_NULL,
    Processor,
    TypeDialect,
    deserializer,
    path_text,
    serializer,
)
from toolkit_sqlite.types.table import sqlite_types

_LARGEST = 2**63 - 1


@sqlite_types.bind(JSON)
def bind_json(type_: JSON[Any], dialect: TypeDialect) -> Processor:
    """Send the text; a number alone must fit into SQLite's own."""
    dump, none_as_null = serializer(dialect), type_.none_as_null

    def convert(value: Any) -> Any:
        if value is None and none_as_null:
            return None
        if isinstance(value, int) and not -_LARGEST - 1 <= value <= _LARGEST:
            raise OverflowError(
                f"{value} is too large for SQLite, which keeps a JSON number of its own as 64 bits"
            )
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
    return lambda value: sqlite_path((value,))


@sqlite_types.bind(JSON.JSONPathType)
def bind_path(type_: Any, dialect: TypeDialect) -> Processor:
    """Make a path."""
    return sqlite_path


def sqlite_path(steps: Any) -> str:
    """Return keys and positions as SQLite's path; a negative one counts from the end.

    https://sqlite.org/json1.html#path_arguments

    >>> sqlite_path(("a", -1))
    '$."a"[#-1]'
    """
    return "".join(
        [
            f"[#{step}]" if isinstance(step, int) and step < 0 else path_text((step,))[1:]
            for step in steps
        ]
    ).join(["$", ""])
