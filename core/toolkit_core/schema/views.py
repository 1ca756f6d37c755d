"""Views, and tables made from a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.schema.column import Column
from toolkit_core.schema.constants import BLANK_SCHEMA
from toolkit_core.schema.ddl import CreateOrDrop, ExecutableDDLElement
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.metadata import MetaData
from toolkit_core.schema.table import Table

if TYPE_CHECKING:
    from toolkit_core.expression.node import Node


class CreateFromQuery(ExecutableDDLElement, TakesDialectOptions):
    """A table, or what can be read like one, whose columns are those of a query.

    ``table`` is there at once, to be queried, and to be created with its MetaData.
    """

    def __init__(
        self,
        selectable: Any,
        name: str,
        *,
        metadata: MetaData | None = None,
        schema: str | None = None,
        is_view: bool,
    ) -> None:
        self.selectable: Node = selectable
        self.metadata = MetaData() if metadata is None else metadata
        columns = columns_of_query(selectable)
        if not columns:
            raise ArgumentError(f"the query of {name!r} has no columns: {selectable!r}")
        self.table = self.element = Table(
            name, self.metadata, *columns, schema=BLANK_SCHEMA if schema is None else schema
        )
        self.table.is_view = is_view
        self.table.set_creator_ddl(self)

    def to_metadata(self, metadata: MetaData, table: Table) -> Any:
        """Return the same statement about a copy of its table."""
        copy = self.but(metadata=metadata, table=table, element=table)
        table.set_creator_ddl(copy)
        return copy

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.table.name!r})"


class CreateTableAs(CreateFromQuery):
    """``CREATE TABLE … AS SELECT …``."""

    visit_name = "create_table_as"

    def __init__(
        self,
        selectable: Any,
        table_name: str,
        *,
        metadata: MetaData | None = None,
        schema: str | None = None,
        temporary: bool = False,
        if_not_exists: bool = False,
        **dialect_kwargs: Any,
    ) -> None:
        super().__init__(selectable, table_name, metadata=metadata, schema=schema, is_view=False)
        self.temporary = temporary
        self.if_not_exists = if_not_exists
        self._take_options(dialect_kwargs)


class CreateView(CreateFromQuery):
    """``CREATE VIEW … AS SELECT …``."""

    visit_name = "create_view"

    def __init__(
        self,
        selectable: Any,
        view_name: str,
        *,
        metadata: MetaData | None = None,
        schema: str | None = None,
        temporary: bool = False,
        or_replace: bool = False,
        materialized: bool = False,
        **dialect_kwargs: Any,
    ) -> None:
        super().__init__(selectable, view_name, metadata=metadata, schema=schema, is_view=True)
        self.temporary = temporary
        self.or_replace = or_replace
        self.materialized = materialized
        self._take_options(dialect_kwargs)
        self.table.set_dropper_ddl(DropView(self.table, materialized=materialized))


class DropView(CreateOrDrop):
    """``DROP VIEW``."""

    visit_name = "drop_view"

    def __init__(
        self, element: Table, *, if_exists: bool = False, materialized: bool = False
    ) -> None:
        super().__init__(element)
        self.if_exists = if_exists
        self.materialized = materialized


def columns_of_query(selectable: Any) -> list[Column[Any]]:
    """Make columns like those that a query returns."""
    source = getattr(selectable, "selected_columns", None)
    found = source if source is not None else getattr(selectable, "raw_columns", ())
    expressions = [column for one in found for column in (getattr(one, "columns", None) or (one,))]
    return [Column(column.name, column.type) for column in expressions]
