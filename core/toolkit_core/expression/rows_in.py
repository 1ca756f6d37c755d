"""Whether columns have the values of one of many rows."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.node import child, children, declared


@declared
class RowsIn(ColumnElement[Any]):
    """``(a, b) IN (…)`` for rows that are given: a condition of a DELETE."""

    visit_name = "rows_in"

    columns: tuple[ColumnElement[Any], ...] = children()
    given: GivenRows = child()
