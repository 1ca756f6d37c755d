"""An index of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.facts import named
from toolkit_core.lazy_module import lazy_module
from toolkit_core.schema.conditions import HasConditionalDDL
from toolkit_core.schema.constraint import columns_of, moved, wait_for_table
from toolkit_core.schema.constraint_columns import column_named, column_of, columns_in
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.item import SchemaItem
from toolkit_core.schema.naming import apply_convention

if TYPE_CHECKING:
    from toolkit_core.schema import create
    from toolkit_core.schema.table import Table
else:
    # Who creates nothing needs nothing of it.
    create = lazy_module("toolkit_core.schema.create")


class Index(SchemaItem, HasConditionalDDL, TakesDialectOptions):
    """An index of columns, or of expressions.

    >>> Index("ix_name", "last", "first", unique=True)
    Index('ix_name', 'last', 'first', unique=True)
    """

    visit_name = "index"
    table: Table | None = None

    def __init__(
        self,
        name: str | None,
        *expressions: Any,
        unique: bool = False,
        quote: bool | None = None,
        info: dict[Any, Any] | None = None,
        _table: Table | None = None,
        _column_flag: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self._stamp()
        self.name: str | None = name if name is None else named(name, quote)
        self.unique = unique
        self._column_flag = _column_flag
        if info is not None:
            self.info = info
        if dialect_kw:
            self._take_options(dialect_kw)
        self.expressions: list[Any] = [_expression_of(one) for one in expressions]
        self._columns = ColumnCollection()
        if _table is not None:
            self._attach(_table)
        else:
            columns = dict.fromkeys(
                column
                for one in self.expressions
                if not isinstance(one, str)
                for column in columns_of(one)
            )
            self._wait(tuple(columns))

    def _wait(self, columns: tuple[Any, ...]) -> None:
        wait_for_table(self, columns)

    @property
    def _table(self) -> Table | None:
        return self.table

    @property
    def columns(self) -> ColumnCollection:
        """The columns that the index is about, also those inside of expressions."""
        return self._columns

    @property
    def c(self) -> ColumnCollection:
        """The columns that the index is about, also those inside of expressions."""
        return self._columns

    def _set_parent(self, parent: Any) -> None:
        if self.table is not None and parent is not self.table:
            raise ArgumentError(
                f"Index '{self.name}' is against table '{self.table.name}', and cannot be "
                f"associated with table '{parent.name}'."
            )
        self.expressions = [
            column_named(parent, one, self) if isinstance(one, str) else one
            for one in self.expressions
        ]
        found = dict.fromkeys(column for one in self.expressions for column in columns_of(one))
        columns_in(parent, found, self)
        self.table = parent
        self._columns._set((column.key, column) for column in found)
        parent.indexes.add(self)
        apply_convention(self, parent)

    def create(self, bind: Any, checkfirst: Any = False) -> None:
        """Create the index in the database."""
        create.create_one(self, bind, checkfirst)

    def drop(self, bind: Any, checkfirst: Any = False) -> None:
        """Drop the index from the database."""
        create.drop_one(self, bind, checkfirst)

    def _copy_to(self, table: Table) -> Index:
        expressions = [moved(one, self.table, table) for one in self.expressions]
        options = {name: moved(value, self.table, table) for name, value in self._options.items()}
        made = Index(self.name, *expressions, unique=self.unique, _table=table, **options)
        made._ddl_if = self._ddl_if
        if "info" in self.__dict__:
            made.info = dict(self.info)
        return made

    def __repr__(self) -> str:
        parts = [repr(None if self.name is None else str(self.name))]
        parts += [repr(one) for one in self.expressions]
        if self.unique:
            parts.append("unique=True")
        return f"Index({', '.join(parts)})"


def _expression_of(given: Any) -> Any:
    # A text() is SQL that names no column that anybody could find.
    return given if hasattr(given, "text") and hasattr(given, "bindparams") else column_of(given)
