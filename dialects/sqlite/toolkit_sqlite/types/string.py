"""Text as SQLite writes it."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import String, TypeDialect, Writes, quoted
from toolkit_sqlite.types.table import sqlite_types


@sqlite_types.literal(String)
def write_string(type_: String, dialect: TypeDialect) -> Writes:
    """Put quotes around text; a NUL ends a statement, so ``char(0)`` stands for it.

    https://sqlite.org/nulinstr.html
    """
    style = dialect.style

    def write(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"text is expected, not {type(value).__name__}")
        pieces = value.split("\0")
        if len(pieces) == 1:
            return quoted(value, style)
        return f"({' || char(0) || '.join([quoted(piece, style) for piece in pieces])})"

    return write
