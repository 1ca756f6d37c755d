"""A SELECT where a value is wanted: its one value is meant, and the user is told to say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from toolkit_core.errors import warn

if TYPE_CHECKING:
    from toolkit_core.expression.column_element import ColumnElement


def implied_scalar(found: Any) -> ColumnElement[Any] | None:
    """Return the value of a SELECT, or of a subquery, with a warning; None if it is neither."""
    statement = found.element if found.visit_name == "subquery" else found
    if not getattr(statement, "is_select", False):
        return None
    warn(
        "implicitly coercing SELECT object to scalar subquery; please use the .scalar_subquery() "
        "method to produce a scalar subquery."
    )
    return cast("ColumnElement[Any]", statement.scalar_subquery())
