"""DISTINCT ON, as a clause that a SELECT takes in."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.expressions import SyntaxExtension, as_orderings


class DistinctOnClause(SyntaxExtension):
    """The expressions of a DISTINCT ON."""

    def __init__(self, *expr: Any) -> None:
        if not expr:
            raise ArgumentError(
                "distinct_on() wants at least one expression",
                hint="select().distinct() leaves out rows that are alike in all columns",
            )
        self.expressions = as_orderings(expr, "DISTINCT ON")

    def apply_to_select(self, select_stmt: Any) -> None:
        """Add the expressions to those that the SELECT has."""
        state = select_stmt.__dict__
        state["is_distinct"] = True
        state["distinct_on"] = (*select_stmt.distinct_on, *self.expressions)


def distinct_on(*expr: Any) -> DistinctOnClause:
    """Return DISTINCT ON for ``select().ext()``: of the rows alike in these, the first.

    >>> from toolkit import column, select
    >>> from toolkit.dialects import postgresql
    >>> statement = select(column("a"), column("b")).ext(distinct_on(column("a")))
    >>> print(statement.order_by("a").compile(dialect=postgresql.dialect()))
    SELECT DISTINCT ON (a) a, b ORDER BY a
    """
    return DistinctOnClause(*expr)
