"""A limit to how many rows an UPDATE or DELETE changes."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.statements import ColumnElement, SyntaxExtension, child, declared, literal


@declared
class DMLLimit(SyntaxExtension):
    """LIMIT behind an UPDATE or DELETE."""

    visit_name = "mysql_dml_limit"

    count: ColumnElement[Any] = child()

    def apply_to_update(self, update_stmt: Any) -> None:
        """Stand behind the conditions, in place of another limit."""
        update_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_criteria")

    def apply_to_delete(self, delete_stmt: Any) -> None:
        """Stand behind the conditions, in place of another limit."""
        delete_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_criteria")


def limit(limit: Any) -> DMLLimit:
    """Return a limit for ``update(...).ext(limit(5))``, and for ``delete()`` alike.

    >>> limit(5).count.value
    5
    """
    if isinstance(limit, ColumnElement):
        return DMLLimit(limit)
    return DMLLimit(literal(limit, literal_execute=True))
