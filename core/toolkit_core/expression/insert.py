"""The INSERT statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.dml import DML, NOT_WRITTEN, checked_table, refuse_if
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_row import (
    GivenRow,
    column_key,
    given_row,
    named_row,
    positional_row,
)
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.newer_typing import Self

_new = object.__new__
MIXED = "Can't mix single-values and multiple values formats in one INSERT statement"


@declared
class InsertClauses(DML):
    """What an INSERT is made of."""

    visit_name = "insert"
    is_insert: ClassVar[bool] = True
    # Clauses of users' own behind the values.
    extension_points = ("post_values",)

    post_values: tuple[Node, ...] = children(default=(), kw_only=True)
    row: GivenRow | None = child(default=None)
    # Several rows in one statement.
    rows: tuple[GivenRow, ...] = children(default=())
    selected: Node | None = child(default=None)
    selected_names: tuple[str, ...] = value(default=())
    include_defaults: bool = value(default=True)
    is_inline: bool = value(default=False)
    sorts: bool = value(default=False)
    # The columns whose defaults shall come back; None: none are asked for, (): all of them.
    defaults_back: tuple[str, ...] | None = value(default=None)
    # The columns that come back besides, and are also returned as rows.
    supplemental: tuple[str, ...] = value(default=())
    conflicts: tuple[Node, ...] = children(default=())


class Insert(InsertClauses):
    """An INSERT; each method returns another one and leaves this as it is."""

    def _make_key(self) -> Key:
        # A table and a row of plain values, and nothing else: most INSERTs are that, and a
        # program that inserts row by row makes one for each.
        size = len(self.__dict__)
        row = self.row
        if size > 2 or (size == 2 and (row is None or row.sql_names)):
            return super()._make_key()
        table = self.table
        if row is not None:
            return self._keep_plain_key(table, row)
        parts = (Insert, table._key or table._make_key())
        self._leaves = table._leaves
        key = self._key = find_key(parts) or new_key(parts)
        return key

    def _keep_plain_key(self, table: FromClause, row: GivenRow) -> Key:
        """Keep the key of a table and a row of plain values."""
        parts = (Insert, table._key or table._make_key(), row.names)
        self._leaves = (*table._leaves, row)
        key = self._key = find_key(parts) or new_key(parts)
        return key

    def values(self, *args: Any, **kwargs: Any) -> Self:
        """Give values: by keyword, a dictionary, a tuple, or a list of them for many rows."""
        if not args:
            if len(self.__dict__) == 1:
                # Nothing is said yet but the table: most INSERTs are made so.
                made: Any = _new(self.__class__)
                made.table = self.table
                made.row = row = named_row(kwargs)
                if made.__class__ is Insert and not row.sql_names:
                    made._keep_plain_key(self.table, row)
                return made  # type: ignore[no-any-return]
            self._refuse_selected()
            return self._with_row(named_row(kwargs))
        self._refuse_selected()
        if kwargs:
            raise ArgumentError("Can't pass positional and kwargs to values() simultaneously")
        if len(args) > 1:
            raise ArgumentError(
                "Only a single dictionary/tuple or list of dictionaries/tuples is accepted "
                "positionally."
            )
        (given,) = args
        if isinstance(given, Mapping):
            return self._with_row(given_row(dict(given)))
        if isinstance(given, (list, tuple)):
            if given and isinstance(given[0], (Mapping, list, tuple)):
                # One row without values is that of the defaults.
                alone = len(given) == 1 and not given[0]
                return self._with_row(given_row({})) if alone else self._with_rows(given)
            return self._with_row(self._positional(given))
        raise ArgumentError(f"values() takes a dictionary, a tuple or a list, got {given!r}")

    def _refuse_selected(self) -> None:
        if self.selected is not None:
            raise InvalidRequestError("This construct already inserts from a SELECT")

    def _positional(self, values: Sequence[Any]) -> GivenRow:
        return positional_row(values, self.table.c.keys(), self.table.name)

    def _with_row(self, row: GivenRow) -> Self:
        if self.rows:
            raise InvalidRequestError(MIXED)
        return self.but(row=row if self.row is None else self.row.merged(row))

    def _with_rows(self, given: Sequence[Any]) -> Self:
        refuse_if(self.row is not None, MIXED)
        rows = [
            given_row(dict(one)) if isinstance(one, Mapping) else self._positional(one)
            for one in given
        ]
        return self.but(rows=self.rows + tuple(rows))

    def from_select(self, names: Sequence[Any], select: Any, include_defaults: bool = True) -> Self:
        """Insert the rows of a SELECT, whose columns are for the columns of these names."""
        refuse_if(
            self.row is not None or bool(self.rows),
            "This construct already inserts value expressions",
        )
        changes: dict[str, Any] = {} if include_defaults else {"include_defaults": False}
        if isinstance(select, FromClause):
            select = select.select()
        return self.but(
            selected=select, selected_names=tuple(map(column_key, names)), is_inline=True, **changes
        )

    def returning(self, *cols: Any, sort_by_parameter_order: bool = False) -> Self:
        """Return columns of the inserted rows; for many rows in the order they were given."""
        refuse_if(self.defaults_back is not None, "return_defaults() is already configured")
        made = self._returning(cols)
        return made.but(sorts=True) if sort_by_parameter_order else made

    def return_defaults(
        self,
        *cols: Any,
        supplemental_cols: Iterable[Any] | None = None,
        sort_by_parameter_order: bool = False,
    ) -> Self:
        """Fetch what the server computes, for ``result.returned_defaults``.

        With ``supplemental_cols``, these come back, too, and the result has rows of them all.
        """
        made = self._with_defaults_back(cols, supplemental_cols)
        return made.but(sorts=True) if sort_by_parameter_order else made

    def inline(self) -> Self:
        """Leave out what serves only to learn the key of the new row."""
        return self.but(is_inline=True)


def insert(table: Any) -> Insert:
    """Make an INSERT into a table.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> people = Table("people", MetaData(), Column("id"), Column("name"))
    >>> insert(people).values(name="Ada").row.names
    ('name',)
    """
    made: Any = _new(Insert)
    if isinstance(table, FromClause) and table.visit_name not in NOT_WRITTEN:
        made.table = table
    else:
        made.table = checked_table(table)
    return made  # type: ignore[no-any-return]
