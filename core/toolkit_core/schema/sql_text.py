"""SQL that stands in a schema: a string is SQL as the user wrote it."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import TextClause, text


def as_sql(given: Any) -> Any:
    """Return an expression, or the text of one.

    >>> as_sql("a > 5")
    text('a > 5')
    """
    if isinstance(given, str):
        return text(given)
    if hasattr(given, "__clause_element__"):
        given = given.__clause_element__()
    if not isinstance(given, (Node, TextClause)):
        raise ArgumentError(f"SQL text or an SQL expression expected, got {given!r}")
    return given
