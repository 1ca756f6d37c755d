"""Writing columns: by their names, with the names of what they belong to."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.source_names import plain_name, source_name
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.columns import ColumnClause
from toolkit_core.expression.selected import FoundName
from toolkit_core.expression.source_column import SourceColumn
from toolkit_core.expression.table_valued import (
    ScalarFunctionColumn,
    TableValuedAlias,
    TableValuedColumn,
)
from toolkit_core.schema import Column


@ansi(Column)
def write_column(w: Writer, column: Column[Any]) -> None:
    """Write a column with the name of its table."""
    table = column.table
    if table is not None and not w.bare:
        # As write_prefix() does: columns are most of what is written.
        w.out.append(w.prefixes.get(table) or prefix_of(w, table))
    w.name(column.name)


@ansi(ColumnClause)
def write_column_clause(w: Writer, column: ColumnClause[Any]) -> None:
    """Write a column that no table defines, or text in its place."""
    if column.is_literal:
        w.safe(column.name)
        return
    if column.table is not None and not w.bare:
        write_prefix(w, column.table)
    w.name(column.name)


@ansi(SourceColumn)
def write_source_column(w: Writer, column: SourceColumn[Any]) -> None:
    """Write a column of an alias, a subquery, a CTE."""
    # Its name is looked for first: so names are numbered in the documented order.
    name = column.name
    if name is None:
        name = found_name(w, column.found_name)
    source = column.source
    if not w.bare and (source.name is not None or source.visit_name != "values"):
        w.out.append(w.prefixes.get(source) or prefix_of(w, source))
    w.name(name)


@ansi(TableValuedColumn)
def write_table_valued_column(w: Writer, column: TableValuedColumn) -> None:
    """Write the name of a source where a column stands."""
    w.safe(source_name(w, column.table))


@ansi(ScalarFunctionColumn)
def write_scalar_function_column(w: Writer, column: ScalarFunctionColumn) -> None:
    """Write a column of what a function returns."""
    w.text("(")
    w.write(column.function)
    w.text(").")
    w.name(column.name)


def write_prefix(w: Writer, source: Any) -> None:
    """Write what stands before a column: the name of its source, the same throughout."""
    w.out.append(w.prefixes.get(source) or prefix_of(w, source))


def prefix_of(w: Writer, source: Any) -> str:
    """Find out what stands before the columns of a source."""
    prefix = w.prefixes[source] = w.escaped(f"{source_name(w, source)}.")
    return prefix


def found_name(w: Writer, found: Any) -> str:
    """Return the name that was, or now is, found for a column."""
    if isinstance(found, TableValuedAlias):
        return plain_name(w, found)
    if not isinstance(found, FoundName):
        # The names of a source and its column: the source may be one to find a name for.
        prefix = found.source.name or w.anonymous(id(found.source), found.source.names_alias)
        return w.fitting(f"{prefix}_{found.name}")
    hint = found.hint
    if not isinstance(hint, str):
        hint = found_name(w, hint)
    return w.anonymous(found.identity, hint)
