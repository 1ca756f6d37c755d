"""A table."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.from_clause import ColumnCollection, FromClause
from toolkit_core.expression.node import Key
from toolkit_core.schema.column import Column
from toolkit_core.schema.metadata import MetaData


class Table(FromClause):
    """A table of a database.

    >>> from toolkit_core.types import Integer
    >>> people = Table("people", MetaData(), Column("id", Integer))
    >>> people.c.id
    Column('id', Integer())
    """

    visit_name = "table"

    def __init__(
        self, name: str, metadata: MetaData, *args: Any, schema: str | None = None
    ) -> None:
        self.name: str = name
        self.metadata = metadata
        self.schema = metadata.schema if schema is None else schema
        columns: dict[str, Any] = {}
        for item in args:
            if isinstance(item, Column):
                item.table = self
                columns[item.name] = item
        self._columns = ColumnCollection(columns)
        self._key = Key()
        metadata.tables[name] = self

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        return self._columns

    def __repr__(self) -> str:
        return f"Table({self.name!r})"
