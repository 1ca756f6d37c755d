"""The DELETE statement."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.expression.dml import DML, checked_table, conditions
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import children
from toolkit_core.expression.update import whole_condition
from toolkit_core.newer_typing import Self


class Delete(DML):
    """A DELETE; each method returns another one and leaves this as it is."""

    visit_name = "delete"
    is_delete: ClassVar[bool] = True

    criteria: tuple[ColumnElement[Any], ...] = children(default=())
    # What it reads beside its table, said outright.
    others: tuple[FromClause, ...] = children(default=())

    def where(self, *whereclause: Any) -> Self:
        """Add conditions, all of which must hold."""
        return self.but(criteria=self.criteria + conditions(whereclause))

    def filter(self, *criteria: Any) -> Self:
        """Add conditions, all of which must hold."""
        return self.where(*criteria)

    def filter_by(self, **kwargs: Any) -> Self:
        """Add conditions that columns have values."""
        return self.where(*[self.table.c[name] == found for name, found in kwargs.items()])

    @property
    def whereclause(self) -> ColumnElement[Any] | None:
        """The conditions as one; None if there are none."""
        return whole_condition(self.criteria)

    def using(self, *froms: Any) -> Self:
        """Name what else the conditions read from, where the dialect can."""
        return self.but(others=self.others + tuple(map(checked_table, froms)))

    def returning(self, *cols: Any) -> Self:
        """Return columns of the rows that were deleted."""
        return self._returning(cols)


def delete(table: Any) -> Delete:
    """Make a DELETE from a table.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> people = Table("people", MetaData(), Column("id"), Column("name"))
    >>> len(delete(people).where(people.c.id == 5).criteria)
    1
    """
    return Delete(checked_table(table))
