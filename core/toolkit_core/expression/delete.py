"""The DELETE statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from toolkit_core.expression.dml import DML, checked_table, conditions, refuse_if
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_rows import GivenRows, given_rows
from toolkit_core.expression.node import Node, child, children, declared
from toolkit_core.expression.update import whole_condition
from toolkit_core.newer_typing import Self


@declared
class Delete(DML):
    """A DELETE; each method returns another one and leaves this as it is."""

    visit_name = "delete"
    # Clauses of users' own behind the conditions.
    extension_points = ("post_criteria",)
    post_criteria: tuple[Node, ...] = children(default=(), kw_only=True)
    is_delete: ClassVar[bool] = True

    criteria: tuple[ColumnElement[Any], ...] = children(default=())
    # Rows that it goes by: the rows of their keys are deleted.
    by_rows: GivenRows | None = child(default=None)
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

    def from_rows(self, rows: Sequence[Mapping[Any, Any]], by: Sequence[Any] | None = None) -> Self:
        """Delete many rows at once: those that have the values of one of these.

        ``by`` names the columns that are compared; all that the first row has, unless said
        otherwise.  Rows go in batches of one statement each, and the result counts them all.

        >>> from toolkit_core.schema import Column, MetaData, Table
        >>> people = Table("people", MetaData(), Column("id"), Column("name"))
        >>> print(delete(people).from_rows([{"id": 1, "name": "Ada"}]))
        DELETE FROM people WHERE (people.id, people.name) IN ((:id, :name))
        """
        refuse_if(self.by_rows is not None, "from_rows() was called already")
        keys = list(rows[0]) if by is None and rows else by
        return self.but(by_rows=given_rows(rows, keys or (), self.table))

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
