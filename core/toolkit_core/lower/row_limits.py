"""How many rows a statement returns, said in one way whatever it was asked with."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, child, declared, value
from toolkit_core.expression.select_base import GenerativeSelect


@declared
class Limits(Node):
    """How many rows to skip, and how many to return."""

    visit_name = "limits"

    count: Any = child(default=None)
    offset: Any = child(default=None)
    # What only FETCH can say.
    with_fetch: bool = value(default=False)
    ties: bool = value(default=False)
    percent: bool = value(default=False)
    options: tuple[tuple[str, Any], ...] = value(default=())


def row_limits(select: GenerativeSelect) -> Limits | None:
    """Return how many rows a statement returns; None: all.

    >>> from toolkit_core.expression.select import select
    >>> from toolkit_core.expression.table_clause import table
    >>> row_limits(select(table("t"))) is None
    True
    """
    if select.row_fetch is not None:
        return Limits(
            select.row_fetch,
            select.row_offset,
            with_fetch=True,
            ties=select.fetch_ties,
            percent=select.fetch_percent,
            options=select.fetch_options,
        )
    if select.row_limit is None and select.row_offset is None:
        return None
    return Limits(select.row_limit, select.row_offset)


def without_fetch(limits: Limits) -> Limits | None:
    """Return the same with LIMIT, for databases that have no FETCH; None if only FETCH says it."""
    if limits.ties or limits.percent:
        return None
    return Limits(limits.count, limits.offset)
