"""A table of which only the name, and maybe the columns, are known."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import Node, declared, value
from toolkit_core.expression.writable import Writable
from toolkit_core.facts.quoted_name import quoting_of


@declared
class TableClause(Writable, FromClause):
    """A table by its name, as ``table()`` makes it.

    Like an alias it is itself and no other: two of one name are two sources.
    """

    visit_name = "table"
    implicit_returning: ClassVar[bool] = False
    inherits_key: ClassVar[bool] = True

    name: str = value()
    schema: str | None = value(default=None)

    def __init__(self, name: str, *columns: Any, schema: str | None = None) -> None:
        self.name = name
        if schema is not None:
            self.schema = schema
        self._columns = ColumnCollection()
        for column in columns:
            self.append_column(column)

    def append_column(self, c: Any) -> None:
        """Add a column, as ``column()`` makes it.

        >>> made = TableClause("person")
        >>> from toolkit_core.expression.elements import column
        >>> made.append_column(column("name"))
        >>> made.c.keys()
        ['name']
        """
        if getattr(c, "table", self) is not None or not isinstance(c, ColumnElement):
            raise ArgumentError(
                f"table() takes columns that belong to no table yet, not {c!r}",
                hint='as column("name") makes them',
            )
        c.table = self  # type: ignore[attr-defined]
        self._columns._add(str(c.key), c)
        # What was worked out of its columns is not so any more.
        for known in ("_key", "_leaves", "_memo"):
            self.__dict__.pop(known, None)

    def _make_key(self) -> Key:
        # A statement that selects all of it has its columns, and no others.
        columns = tuple([_told(key, one) for key, one in self._columns._pairs])
        quoting = (quoting_of(self.name), quoting_of(self.schema))
        parts = (type(self), self.name, self.schema, quoting, columns)
        self._leaves = (self,)
        key = self._key = find_key(parts) or new_key(parts)
        return key

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other is a table, too: its name is told by the structure."""
        return isinstance(other, TableClause)

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        return self._columns

    @property
    def fullname(self) -> str:
        """The name, with the schema before it."""
        return self.name if self.schema is None else f"{self.schema}.{self.name}"

    @property
    def primary_key(self) -> ColumnCollection:
        """No columns: nothing is known about it."""
        return ColumnCollection()

    @property
    def foreign_keys(self) -> set[Any]:
        """None: nothing is known about it."""
        return set()

    def __repr__(self) -> str:
        return f"TableClause({self.fullname!r})"


def _told(key: str, column: Any) -> tuple[object, ...]:
    """Return what tells a column from others of the same table."""
    return key, column.name, quoting_of(column.name), column.type.static_key()


def table(name: str, *columns: Any, schema: str | None = None, **unknown: Any) -> TableClause:
    """Return a table by its name, with the columns that a statement speaks of.

    >>> from toolkit_core.expression.elements import column
    >>> table("person", column("id"), schema="hr").fullname
    'hr.person'
    """
    if unknown:
        raise ArgumentError(f"Unsupported argument(s): {list(unknown)}", hint="it takes schema")
    return TableClause(name, *columns, schema=schema)
