"""A limit to how many rows an UPDATE or DELETE changes."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.statements import ColumnElement, Node, child, literal


class DMLLimit(Node):
    """LIMIT behind an UPDATE or DELETE."""

    visit_name = "mysql_dml_limit"

    count: ColumnElement[Any] = child()


def limit(limit: Any) -> DMLLimit:
    """Return a limit for ``update(...).ext(limit(5))``, and for ``delete()`` alike.

    >>> limit(5).count.value
    5
    """
    if isinstance(limit, ColumnElement):
        return DMLLimit(limit)
    return DMLLimit(literal(limit, literal_execute=True))
