"""Writing SELECT, clause by clause."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.columns import found_name
from toolkit_core.compiler.ansi.cte import write_added_ctes, write_ctes
from toolkit_core.compiler.ansi.hints import (
    write_extensions,
    write_phrases,
    write_source,
    write_statement_hints,
)
from toolkit_core.compiler.ansi.limit import write_limits
from toolkit_core.compiler.ansi.ordering import write_grouping, write_ordering
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.cartesian import unlinked
from toolkit_core.compiler.frame import Frame, Place, displayed
from toolkit_core.compiler.writer import ResultColumn, Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression import operators
from toolkit_core.expression.columns import ColumnClause
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.labels import Label
from toolkit_core.expression.lambda_statement import StatementLambdaElement
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select
from toolkit_core.expression.selected import Selected
from toolkit_core.lower.distinct_on import DistinctOn
from toolkit_core.types import NULLTYPE, TypeEngine

# The method of types that select a column as it is.
_NO_EXPRESSION = TypeEngine.column_expression


class NoSources(Node):
    """In place of FROM, where a SELECT reads from nothing and has conditions."""


@ansi(NoSources)
def write_no_sources(w: Writer, none: NoSources) -> None:
    """Write nothing."""


@ansi(StatementLambdaElement)
def write_made_by_function(w: Writer, found: StatementLambdaElement) -> None:
    """Write the statement that a function made."""
    w.write(found.statement)


@ansi(Select)
def write_select(w: Writer, select: Select[Any]) -> None:
    """Write a SELECT, clause by clause."""
    place = w.place
    sources = displayed(select, place, w.frames)
    frame = Frame(sources, select.named_columns(), len(w.out), select.hints)
    w.frames.append(frame)
    w.place = Place.EXPRESSION
    bare, w.bare = w.bare, False
    write_added_ctes(w, select)
    w.out.append("SELECT " if frame.named else "SELECT")
    if select.post_select:
        write_extensions(w, select.post_select, after=" ")
    if select.prefixes:
        write_phrases(w, select.prefixes)
    if select.is_distinct or select.distinct_on:
        write_distinct(w, select)
    if select.pre_columns:
        write_extensions(w, select.pre_columns, after=" ")
    write_columns(w, frame, place)
    if sources:
        w.text(" \nFROM ")
        write_sources(w, sources)
    elif select.criteria:
        w.write(NoSources())
    if select.criteria:
        w.text(" \nWHERE ")
        write_conditions(w, select.criteria)
    write_rest(w, select)
    if len(sources) > 1:
        w.warnings.extend(unlinked(w, select, sources))
    w.bare = bare
    w.frames.pop()
    write_ctes(w, frame)


def write_conditions(w: Writer, conditions: tuple[Any, ...]) -> None:
    """Write conditions that must all hold."""
    w.write(conditions[0] if len(conditions) == 1 else joined(operators.and_, conditions))


def write_rest(w: Writer, select: Select[Any]) -> None:
    """Write what comes behind WHERE."""
    if select.grouping:
        write_grouping(w, select)
    if select.having_criteria:
        w.text(" \nHAVING ")
        write_conditions(w, select.having_criteria)
    if select.post_criteria:
        write_extensions(w, select.post_criteria, before=" ")
    if select.ordering:
        write_ordering(w, select)
    write_limits(w, select)
    if select.locking is not None:
        w.write(select.locking)
    if select.post_body:
        write_extensions(w, select.post_body, before=" ")
    if select.statement_hints:
        write_statement_hints(w, select.statement_hints)
    if select.suffixes:
        w.text(" ")
        write_phrases(w, select.suffixes)


def write_distinct(w: Writer, select: Select[Any]) -> None:
    """Write DISTINCT; DISTINCT ON is no standard's, so it is refused where no rule is for it."""
    if select.distinct_on:
        w.write(DistinctOn(select.distinct_on))
    elif select.is_distinct:
        w.text("DISTINCT ")


@ansi(DistinctOn)
def refuse_distinct_on(w: Writer, _distinct: DistinctOn) -> None:
    """Refuse DISTINCT ON."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no DISTINCT ON",
        hint="group_by(), or row_number() in a subquery, choose one row of several, too",
    )


def write_sources(w: Writer, sources: list[Any]) -> None:
    """Write what the SELECT reads from."""
    for position, source in enumerate(sources):
        if position:
            w.text(", ")
        write_source(w, source)


def write_columns(w: Writer, frame: Frame, place: Place) -> None:
    """Write the columns of the result, with the names by which others find them."""
    out = w.out
    for position, one in enumerate(frame.named):
        if position:
            out.append(", ")
        name = write_named(w, one, place)
        if place is Place.TOP:
            column = one.column
            w.result.append(ResultColumn(name, (column,), getattr(column, "type", NULLTYPE)))


def as_read(w: Writer, column: Any) -> Any:
    """Return what a type of the user's selects in place of a column; None: the column."""
    type_ = getattr(column, "type", NULLTYPE)
    if type(type_).column_expression is _NO_EXPRESSION:
        return None
    return type_.dialect_impl(w.dialect).column_expression(column)


def write_read_as(w: Writer, one: Selected, read_as: Any, found: str | None) -> str:
    """Write what a type of the user's selects in place of a column, under the column's name."""
    if found is None:
        found = w.anonymous(id(one.column), "anon")
    w.write(read_as)
    w.text(" AS ")
    w.name(found)
    return found


def write_named(w: Writer, one: Selected, place: Place, *, returned: bool = False) -> str | None:
    """Write one column and its name, where that is not its own; return the name.

    ``returned`` tells that it is RETURNING's, and no SELECT's that only feeds the statement.
    """
    column, name = one.column, one.name
    told = name is not None and not (place is Place.EXPRESSION and one.plain)
    if one.nameless and place < Place.SOURCE:
        told = False
    # A name is found before what it is for is written: so names are numbered as documented.
    found = None
    if told:
        found = name if isinstance(name, str) else found_name(w, name)
    written = column.element if isinstance(column, Label) else column
    if place is Place.TOP and (returned or w.dml is None):
        read_as = as_read(w, written)
        if read_as is not None:
            return write_read_as(w, one, read_as, found)
    w.write(written)
    if found is None:
        # What nobody names: the database tells what it is called, unless it is another's sign.
        if one.nameless:
            return (column if one.plain else column.element).name  # type: ignore[no-any-return]
        return None
    if not one.bare:
        w.out.append(" AS ")
        w.name(found)
        return found
    literal = isinstance(column, ColumnClause) and column.is_literal
    if place >= Place.SOURCE and not literal:
        w.out.append(" AS ")
        w.name(found)
    # What text is called, and of how many columns it is, the database tells.
    return None if literal else found
