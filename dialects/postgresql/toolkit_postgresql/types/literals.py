"""Literals: text between quotes, and which type it is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.dialect.types import TypeDialect, Writes, quoted


def typed(kind: str, dialect: TypeDialect, text: Callable[[Any], str] = str) -> Writes:
    """Return what writes a value as text of a type.

    Without its type, text that is selected, or added to something, is of no type at all.
    https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-GENERIC
    """
    style = dialect.style
    return lambda value: f"{quoted(text(value), style)}::{kind}"
