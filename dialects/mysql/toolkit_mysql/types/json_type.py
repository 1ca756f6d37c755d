"""JSON, and the paths into it.

https://dev.mysql.com/doc/refman/9.0/en/json.html#json-path-syntax
"""

from __future__ import annotations

from json import dumps
from typing import Any

from toolkit_core.dialect import types
from toolkit_core.dialect.types import Processor, TypeDialect, TypeEngine, Writes, text_literal
from toolkit_mysql.types.table import mysql_types


class JSON(types.JSON[Any]):
    """MySQL's ``JSON``; on MariaDB a name for text that is checked to be JSON."""

    visit_name = "JSON"


@mysql_types.bind(types.JSON.JSONIndexType)
def bind_index(type_: TypeEngine[Any], dialect: TypeDialect) -> Processor:
    """Make a path of one step."""
    return lambda value: mysql_path((value,))


@mysql_types.bind(types.JSON.JSONPathType)
def bind_path(type_: TypeEngine[Any], dialect: TypeDialect) -> Processor:
    """Make a path."""
    return mysql_path


@mysql_types.literal(types.JSON.JSONIndexType)
def write_index(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write a path of one step."""
    write = text_literal(dialect)
    return lambda value: write(mysql_path((value,)))


@mysql_types.literal(types.JSON.JSONPathType)
def write_path(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write a path."""
    write = text_literal(dialect)
    return lambda value: write(mysql_path(value))


def mysql_path(steps: Any) -> str:
    r"""Return keys and positions as MySQL's path; a negative one counts from the end.

    >>> mysql_path(("a", -1, 'b"c', -2))
    '$."a"[last]."b\\"c"[last-1]'
    """
    return "$" + "".join([_step(step) for step in steps])


def _step(step: Any) -> str:
    if isinstance(step, int):
        if step >= 0:
            return f"[{step}]"
        return f"[last{step + 1}]" if step < -1 else "[last]"
    if not isinstance(step, str):
        raise TypeError(f"a step into JSON is a key or a position, not {step!r}")
    return f".{dumps(step, ensure_ascii=False)}"
