"""Writing what a SELECT reads from."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.hints import write_source
from toolkit_core.compiler.ansi.source_names import plain_name, source_name
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.frame import Place
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression import operators
from toolkit_core.expression.alias import Alias, AliasedReturnsRows
from toolkit_core.expression.cte import CTE
from toolkit_core.expression.exists import Exists
from toolkit_core.expression.joins import Join
from toolkit_core.expression.lateral import Lateral
from toolkit_core.expression.scalar_select import ScalarSelect
from toolkit_core.expression.select_base import SelectBase
from toolkit_core.expression.subquery import Subquery
from toolkit_core.expression.table_clause import TableClause
from toolkit_core.expression.table_valued import TableValuedAlias
from toolkit_core.expression.tablesample import TableSample
from toolkit_core.expression.values import ScalarValues, Values, ValuesRow
from toolkit_core.lower.named_rows import NamedRows
from toolkit_core.schema import Table


@ansi(Table, TableClause)
def write_table(w: Writer, table: Any) -> None:
    """Write the name of a table, with its schema."""
    w.safe(source_name(w, table))


@ansi(Alias, Subquery)
def write_alias(w: Writer, alias: AliasedReturnsRows) -> None:
    """Write a source and the name that it goes by here."""
    # The name is found first: so names are numbered from the outermost in.
    name = plain_name(w, alias)
    element = original(alias.element)
    if isinstance(element, (Lateral, TableSample)):
        w.write(element.but(name=name))
    else:
        write_renamed(w, element, name, Place.SOURCE)


@ansi(Lateral)
def write_lateral(w: Writer, lateral: Lateral) -> None:
    """Write a source that may read what stands before it."""
    name = plain_name(w, lateral)
    w.text("LATERAL ")
    write_renamed(w, original(lateral.element), name, Place.LATERAL)


def original(element: Any) -> Any:
    """Return what aliases of aliases are made of, but for those that are more than a name."""
    while isinstance(element, AliasedReturnsRows) and not isinstance(element, _MORE_THAN_NAMES):
        element = element.element
    return element


# A CTE has its own name in any case.
_MORE_THAN_NAMES = (CTE, Lateral, TableSample)


def write_renamed(w: Writer, element: Any, name: str, place: Place) -> None:
    """Write a source with its new name."""
    if isinstance(element, Values):
        w.write(NamedRows(element, name))
        return
    if isinstance(element, SelectBase):
        write_statement(w, element, place)
    elif isinstance(element, Join):
        w.text("(")
        w.write(element)
        w.text(")")
    else:
        w.write(element)
    w.text(" AS ")
    w.name(name)


def write_statement(w: Writer, statement: Any, place: Place) -> None:
    """Write a statement in parentheses."""
    w.text("(")
    w.place = place
    w.write(statement)
    w.place = Place.EXPRESSION
    w.text(")")


@ansi(TableValuedAlias)
def write_function_source(w: Writer, alias: TableValuedAlias) -> None:
    """Write a function that rows are read from, with the names of its columns if wanted."""
    name = w.style.quoted(plain_name(w, alias))
    w.write(alias.element)
    w.safe(f"{' WITH ORDINALITY' * alias.ordinality} AS {name}")
    if alias.derived_names:
        w.text("(")
        for position, column in enumerate(alias.told_columns):
            if position:
                w.text(", ")
            w.name(column.name)
            if alias.derived_types:
                w.text(" ")
                w.type(column.type)
        w.text(")")


@ansi(TableSample)
def write_sample(w: Writer, sample: TableSample) -> None:
    """Write a source of which only some rows are read."""
    write_renamed(w, original(sample.element), plain_name(w, sample), Place.SOURCE)
    w.text(" TABLESAMPLE ")
    w.write(sample.sampling)
    if sample.seed is not None:
        w.text(" REPEATABLE (")
        w.write(sample.seed)
        w.text(")")


# -- joins --------------------------------------------------------------------------------


@ansi(Join)
def write_join(w: Writer, join: Join) -> None:
    """Write two sources with their condition."""
    write_source(w, join.left)
    if join.full:
        w.text(" FULL OUTER JOIN ")
    else:
        w.text(" LEFT OUTER JOIN " if join.isouter else " JOIN ")
    if isinstance(join.right, Join):
        w.text("(")
        w.write(join.right)
        w.text(")")
    else:
        write_source(w, join.right)
    w.text(" ON ")
    w.operand(join.onclause, operators.LISTED)


# -- values -------------------------------------------------------------------------------


@ansi(Values)
def write_values(w: Writer, values: Values) -> None:
    """Write rows of values, with their name and those of their columns."""
    w.write(NamedRows(values, values.name))


@ansi(NamedRows)
def write_named_rows(w: Writer, rows: NamedRows) -> None:
    """Write rows of values with names."""
    write_rows(w, rows.values)
    if rows.name is not None:
        w.text(" AS ")
        w.name(rows.name)
        w.safe(f" ({', '.join([w.style.quoted(name) for name in rows.columns])})")


def write_rows(w: Writer, values: Values | ScalarValues) -> None:
    """Write rows of values in parentheses."""
    w.text("(")
    write_bare_rows(w, values)
    w.text(")")


def write_bare_rows(w: Writer, values: Values | ScalarValues) -> None:
    """Write rows of values."""
    literal = w.literal
    if values.literal_binds:
        w.literal = True
    w.text("VALUES ")
    w.listed(values.rows)
    w.literal = literal


@ansi(ValuesRow)
def write_row(w: Writer, row: ValuesRow) -> None:
    """Write one row of values."""
    w.text("(")
    w.operands(row.elements, operators.LISTED)
    w.text(")")


@ansi(ScalarValues)
def write_scalar_values(w: Writer, values: ScalarValues) -> None:
    """Write rows of values as an expression."""
    write_rows(w, values)


# -- statements as expressions ------------------------------------------------------------


@ansi(ScalarSelect)
def write_scalar(w: Writer, scalar: ScalarSelect[Any]) -> None:
    """Write a statement as an expression."""
    write_statement(w, scalar.element, Place.EXPRESSION)


@ansi(Exists)
def write_exists(w: Writer, exists: Exists) -> None:
    """Write whether a statement has rows."""
    w.text("EXISTS ")
    write_statement(w, exists.element, Place.EXPRESSION)
