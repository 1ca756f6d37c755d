"""The SQL of a type, inside an expression."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.writer import Writer
from toolkit_core.types import TypeEngine

_NAMES = {"string": "VARCHAR", "null": "NULL"}


def type_text(_writer: Writer, type_: TypeEngine[Any]) -> str:
    """Return the SQL of a type."""
    name = _NAMES.get(type_.visit_name, type_.visit_name.upper())
    length = getattr(type_, "length", None)
    return name if length is None else f"{name}({length})"
