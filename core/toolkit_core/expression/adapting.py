"""Replacing the columns of one source by those of another that comes from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node
from toolkit_core.expression.visitors import ReplacingExternalTraversal


class ClauseAdapter(ReplacingExternalTraversal):
    """Replaces columns, and the source itself, by those of a source that comes from it.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.table_clause import table
    >>> person = table("person", column("id"))
    >>> str(ClauseAdapter(person.alias("p")).traverse(person.c.id == 5))
    'p.id = :id_1'
    """

    def __init__(
        self,
        selectable: FromClause,
        equivalents: Mapping[Any, Any] | None = None,
        include_fn: Any = None,
        exclude_fn: Any = None,
    ) -> None:
        self.selectable = selectable
        # Of a column that the source does not have, columns that stand for the same.
        self.equivalents = equivalents or {}
        self.include_fn = include_fn
        self.exclude_fn = exclude_fn

    def replace(self, elem: Node) -> Node | None:
        """Return the column of the source that stands for one; None: it stays."""
        if isinstance(elem, FromClause):
            return self.selectable if self.selectable.is_derived_from(elem) else None
        if not isinstance(elem, ColumnElement):
            return None
        if self.include_fn is not None and not self.include_fn(elem):
            return None
        if self.exclude_fn is not None and self.exclude_fn(elem):
            return None
        return self._corresponding(elem)

    def _corresponding(self, column: ColumnElement[Any]) -> Node | None:
        for one in (column, *self.equivalents.get(column, ())):
            found: Node | None = self.selectable.corresponding_column(one)
            if found is not None:
                return found
        return None


class ColumnAdapter(ClauseAdapter):
    """The same, asked for columns one by one: ``adapter.columns[column]``."""

    @property
    def columns(self) -> ColumnAdapter:
        """What finds the column that stands for another."""
        return self

    def __getitem__(self, column: Any) -> Any:
        return self.traverse(column)

    def adapt_check_present(self, col: Any) -> Any:
        """Return the column that stands for one; None if there is none."""
        return self._corresponding(col)
