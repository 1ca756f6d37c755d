"""The UPDATE statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression import operators as op
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.dml import DML, checked_table, conditions, primary_key_of, refuse_if
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.given_row import (
    GivenRow,
    column_key,
    expression_of,
    given_row,
    is_sql,
    positional_row,
    setting,
)
from toolkit_core.expression.given_rows import GivenRows, given_rows
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.newer_typing import Self


@declared
class Update(DML):
    """An UPDATE; each method returns another one and leaves this as it is."""

    visit_name = "update"
    # Clauses of users' own behind the conditions.
    extension_points = ("post_criteria",)
    post_criteria: tuple[Node, ...] = children(default=(), kw_only=True)
    is_update: ClassVar[bool] = True

    row: GivenRow | None = child(default=None)
    # The names of the columns in the order they are to be set in; None: the table's.
    order: tuple[str, ...] | None = value(default=None)
    criteria: tuple[ColumnElement[Any], ...] = children(default=())
    # Rows that it goes by: each changes the row of its key.
    by_rows: GivenRows | None = child(default=None)
    # Columns of other tables, for databases that change several at once, with their values.
    beside: tuple[ColumnElement[Any], ...] = children(default=())
    beside_values: tuple[Node, ...] = children(default=())
    # What is inside of columns, an item of an array or what a key of JSON finds, with its values.
    parts: tuple[ColumnElement[Any], ...] = children(default=())
    part_values: tuple[Node, ...] = children(default=())
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
            parts = {key: found for key, found in given.items() if is_part(key)}
            if parts:
                rest = {key: found for key, found in given.items() if key not in parts}
                changed = self._with_parts(parts)
                return changed.values(rest) if rest else changed
            own, beside = self._own_and_beside(given)
            if beside:
                others = {**dict(zip(self.beside, self.beside_values, strict=True)), **beside}
                changed = self.but(beside=tuple(others), beside_values=tuple(others.values()))
                return changed.values(own) if own else changed
            row = given_row(own)
        else:
            raise ArgumentError(f"values() takes a dictionary or a tuple, got {given!r}")
        return self.but(row=row if self.row is None else self.row.merged(row))

    def _with_parts(self, given: Mapping[Any, Any]) -> Self:
        """Set what is inside of columns."""
        parts = [expression_of(key) for key in given]
        found = [setting(one, part) for one, part in zip(given.values(), parts, strict=True)]
        return self.but(parts=(*self.parts, *parts), part_values=(*self.part_values, *found))

    def _own_and_beside(self, given: Mapping[Any, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Tell columns of the table from those of others, named by themselves."""
        own: dict[Any, Any] = {}
        beside: dict[Any, Any] = {}
        for key, found in given.items():
            column = expression_of(key) if is_sql(key) else None
            # An attribute of a mapped class is read from that.
            table = getattr(column, "read_from", getattr(column, "table", None))
            if table is None or table is self.table:
                own[key] = found
            else:
                beside[column] = setting(found, column)
        return own, beside

    def from_rows(self, rows: Sequence[Mapping[Any, Any]], by: Sequence[Any] | None = None) -> Self:
        """Change many rows at once, each to values of its own.

        ``rows`` are dictionaries with the same columns; ``by`` names those that a row is found
        by, the primary key unless said otherwise, and the others are set.  Rows go in batches of
        one statement each, and the result counts them all.  In ``values()``, ``given`` stands
        for the row's values.

        >>> from toolkit_core.schema import Column, MetaData, Table
        >>> people = Table("people", MetaData(), Column("id", primary_key=True), Column("name"))
        >>> rows = [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bob"}]
        >>> str(update(people).from_rows(rows)).partition(" FROM ")[0]
        'UPDATE people SET name=new_rows.name'
        """
        refuse_if(self.by_rows is not None, "from_rows() was called already")
        refuse_if(self.order is not None, "ordered_values() and from_rows() do not go together")
        keys = primary_key_of(self.table) if by is None else by
        return self.but(by_rows=given_rows(rows, keys, self.table))

    @property
    def given(self) -> ColumnCollection:
        """The values of the row that an UPDATE from rows is at."""
        if self.by_rows is None:
            raise InvalidRequestError(
                "This UPDATE goes by no rows", hint="from_rows() gives them; call it first"
            )
        return self.by_rows.c

    def ordered_values(self, *args: tuple[Any, Any]) -> Self:
        """Give values as pairs; the columns are set in this order."""
        if self.row is not None:
            raise ArgumentError(
                "This statement already has "
                f"{'ordered ' if self.order is not None else ''}values present"
            )
        parts = {key: found for key, found in args if is_part(key)}
        named = {column_key(key): found for key, found in args if not is_part(key)}
        made = self.but(row=given_row(named), order=tuple(named))
        return made._with_parts(parts) if parts else made

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


def is_part(key: Any) -> bool:
    """Tell whether what is to be set is inside of a column: ``t.c.numbers[5]``."""
    if isinstance(key, str) or not is_sql(key):
        return False
    return getattr(expression_of(key), "operator", None) in _INDEXING


_INDEXING = (op.getitem, op.json_getitem_op, op.json_path_getitem_op)


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
