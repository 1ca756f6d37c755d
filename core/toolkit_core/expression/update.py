"""The UPDATE statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.dml import DML, checked_table, conditions, refuse_if
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.given_row import GivenRow, column_key, given_row, positional_row
from toolkit_core.expression.node import child, children, value
from toolkit_core.newer_typing import Self


class Update(DML):
    """An UPDATE; each method returns another one and leaves this as it is."""

    visit_name = "update"
    is_update: ClassVar[bool] = True

    row: GivenRow | None = child(default=None)
    # The names of the columns in the order they are to be set in; None: the table's.
    order: tuple[str, ...] | None = value(default=None)
    criteria: tuple[ColumnElement[Any], ...] = children(default=())
    is_inline: bool = value(default=False)
    defaults_back: tuple[str, ...] | None = value(default=None)
    # The columns that come back besides, and are also returned as rows.
    supplemental: tuple[str, ...] = value(default=())

    def values(self, *args: Any, **kwargs: Any) -> Self:
        """Give values by keyword, or as a dictionary or tuple."""
        if self.order is not None:
            raise InvalidRequestError("Can't call values() after ordered_values() on an UPDATE")
        if args and kwargs:
            raise ArgumentError("Can't pass positional and kwargs to values() simultaneously")
        if len(args) > 1:
            raise ArgumentError("Only a single dictionary/tuple is accepted positionally.")
        given = args[0] if args else kwargs
        if isinstance(given, (list, tuple)):
            if given and isinstance(given[0], (Mapping, list, tuple)):
                raise InvalidRequestError(
                    "UPDATE construct does not support multiple parameter sets.",
                    hint="give a list of dictionaries to execute(), one for each row",
                )
            row = positional_row(given, self.table.c.keys(), self.table.name)
        elif isinstance(given, Mapping):
            row = given_row(dict(given))
        else:
            raise ArgumentError(f"values() takes a dictionary or a tuple, got {given!r}")
        return self.but(row=row if self.row is None else self.row.merged(row))

    def ordered_values(self, *args: tuple[Any, Any]) -> Self:
        """Give values as pairs; the columns are set in this order."""
        if self.row is not None:
            raise ArgumentError(
                "This statement already has "
                f"{'ordered ' if self.order is not None else ''}values present"
            )
        named = {column_key(key): found for key, found in args}
        return self.but(row=given_row(named), order=tuple(named))

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

    def returning(self, *cols: Any) -> Self:
        """Return columns of the rows as they are after the change."""
        refuse_if(self.defaults_back is not None, "return_defaults() is already configured")
        return self._returning(cols)

    def return_defaults(self, *cols: Any, supplemental_cols: Iterable[Any] | None = None) -> Self:
        """Fetch what the server computes, for ``result.returned_defaults``.

        With ``supplemental_cols``, these come back, too, and the result has rows of them all.
        """
        return self._with_defaults_back(cols, supplemental_cols)

    def inline(self) -> Self:
        """Compute no default before the statement that SQL can compute within it."""
        return self.but(is_inline=True)


def whole_condition(criteria: tuple[ColumnElement[Any], ...]) -> ColumnElement[Any] | None:
    """Return conditions as one; None if there are none."""
    if not criteria:
        return None
    whole, *others = criteria
    for one in others:
        whole = whole & one
    return whole


def update(table: Any) -> Update:
    """Make an UPDATE of a table.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> people = Table("people", MetaData(), Column("id"), Column("name"))
    >>> update(people).where(people.c.id == 5).values(name="Ada").row.names
    ('name',)
    """
    return Update(checked_table(table))
