"""What PostgreSQL writes differently in UPDATE."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.update import SetParts, write_parts
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_core.dialect.types import ARRAY, TypeDecorator
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.types.hstore import HSTORE
from toolkit_postgresql.types.json_type import JSONB


@postgresql(SetParts)
def write_set_parts(w: Writer, parts: SetParts) -> None:
    """Write items of arrays, and what keys of JSONB find: both can be set by themselves.

    https://www.postgresql.org/docs/current/arrays.html#ARRAYS-MODIFYING
    https://www.postgresql.org/docs/current/datatype-json.html#JSONB-SUBSCRIPTING
    """
    for part in parts.parts:
        _check(w, part)
    write_parts(w, parts)


def _check(w: Writer, part: Any) -> None:
    column = part
    while hasattr(column, "left"):
        column = column.left
    here = column.type.dialect_impl(w.dialect)
    while isinstance(here, TypeDecorator):
        here = here.type_engine(w.dialect)
    if not isinstance(here, (ARRAY, HSTORE, JSONB)):
        raise CompileError(
            f"Nothing inside of {column.name!r} can be set by itself: it is of type {here!r}",
            hint="arrays, JSONB and HSTORE have parts that can",
        )
