"""A SELECT as a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.alias import AliasedReturnsRows
from toolkit_core.expression.from_clause import Cols, Given
from toolkit_core.expression.source_column import Exported

__all__ = ["AliasedStatement", "Subquery"]


class AliasedStatement(AliasedReturnsRows[Cols]):
    """A statement under a name: a subquery, a CTE, a lateral subquery."""

    def _exported(self) -> list[Exported]:
        found: list[Exported] = self.element.exported()
        return found

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with: that of its statement, if it has one."""
        return getattr(self.element, "name", None) or "anon"

    @property
    def description(self) -> str:
        """What messages call it."""
        return self.name or "anon_1"


class Subquery(AliasedStatement[Cols]):
    """A SELECT in parentheses, which another one reads from.

    >>> from toolkit_core.expression.select import select
    >>> from toolkit_core.expression.table_clause import table
    >>> from toolkit_core.expression.elements import column
    >>> select(table("person", column("id"))).subquery("p").c.keys()
    ['id']
    """

    visit_name = "subquery"

    if TYPE_CHECKING:

        def with_cols(self, type_: type[Given]) -> Subquery[Given]:
            """Tell type checkers the class that declares the columns."""


def made_subquery(statement: Any, name: str | None = None) -> Subquery:
    """Return a statement as a source."""
    return Subquery(statement) if name is None else Subquery(statement, name)
