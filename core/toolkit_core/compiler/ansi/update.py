"""Writing UPDATE."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import (
    UpdateSources,
    other_sources,
    write_dialect_options,
    write_returned,
    write_set_value,
    write_table_hints,
    write_verb,
    write_where,
)
from toolkit_core.compiler.ansi.hints import write_extensions
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.assignments import Assignment, assignments, check_names
from toolkit_core.compiler.column_defaults import SENT, default_of
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError, UnsupportedCompilationError
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_row import given_row
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.expression.update import Update
from toolkit_core.lower.rows_joined import rows_joined


@declared
class UpdateTarget(Node):
    """The table of an UPDATE that reads from others, too: made while it is written."""

    table: FromClause = child()
    others: tuple[FromClause, ...] = children()


@declared
class SetColumn(Node):
    """A column that such an UPDATE sets: made while it is written."""

    column: ColumnElement[Any] = child()


@declared
class SetBeside(Node):
    """Settings of columns of other tables: made while it is written."""

    columns: tuple[ColumnElement[Any], ...] = children()
    values: tuple[Node, ...] = children()
    # Whether settings of the table itself stand before them.
    follows: bool = value()
    # Names of tables that nothing else in the statement reads from.
    strangers: tuple[str, ...] = value(default=())


@declared
class SetParts(Node):
    """Settings of what is inside of columns: made while it is written."""

    parts: tuple[ColumnElement[Any], ...] = children()
    values: tuple[Node, ...] = children()
    # Whether other settings stand before them.
    follows: bool = value()


@ansi(Update)
def write_update(w: Writer, update: Update) -> None:
    """Write an UPDATE, clause by clause."""
    state = DMLState.of(w)
    rows = None
    if update.by_rows is not None:
        state.by_rows = update.by_rows
        rows = with_sent_defaults(update, state)
        update = rows_joined(update, rows)
    others = _others(update, rows)
    frame = open_level(w, (update.table, *others), update)
    write_verb(w, "UPDATE ", update)
    w.write(UpdateTarget(update.table, others) if others else update.table)
    write_table_hints(w, update)
    w.text(" SET ")
    found = _settings(update, state)
    is_bare = not others and not isinstance(update.table, Join)
    _write_settings(w, state, found, is_bare=is_bare)
    if update.beside:
        beside = (update.beside, update.beside_values, bool(found), _strangers(update))
        w.write(SetBeside(*beside))
    if update.parts:
        follows = bool(found or update.beside)
        w.write(SetParts(update.parts, update.part_values, follows))
    if others:
        w.write(UpdateSources(others))
    write_where(w, update.criteria)
    write_extensions(w, update.post_criteria, before=" ")
    write_dialect_options(w, update)
    asked = tuple(update.returned_columns())
    write_returned(w, asked, fetched=() if asked else _wanted_back(update, state))
    state.move(close_level(w, frame))


@ansi(SetBeside)
def refuse_beside(w: Writer, beside: SetBeside) -> None:
    """Refuse to set columns of several tables."""
    tables = ", ".join(repr(one) for one in dict.fromkeys(c.table.name for c in beside.columns))
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} does not support additional tables in the SET clause; "
        f"cannot include columns from table(s) {tables} in SET clause",
        hint="one UPDATE for each table; or load the objects and set their attributes",
    )


@ansi(SetParts)
def refuse_parts(w: Writer, parts: SetParts) -> None:
    """Refuse to set what is inside of a column."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} sets whole columns only, nothing inside of them",
        hint="a function that returns the changed whole, such as func.json_set(), sets it",
    )


def write_parts(w: Writer, parts: SetParts) -> None:
    """Write settings of what is inside of columns, for databases that have that."""
    for position, (part, found) in enumerate(zip(parts.parts, parts.values, strict=True)):
        if position or parts.follows:
            w.text(", ")
        _write_part(w, part)
        w.text("=")
        write_set_value(w, found)


def _write_part(w: Writer, part: Any) -> None:
    if not isinstance(part, BinaryExpression):
        w.name(part.name)
        return
    if part.operator is op.json_path_getitem_op:
        raise CompileError(
            "A path of several steps can be read, and not set",
            hint="one step after the other: data['a']['b']",
        )
    _write_part(w, part.left)
    w.text("[")
    w.write(part.right)
    w.text("]")


def _others(update: Update, rows: GivenRows | None) -> tuple[FromClause, ...]:
    """Return what an UPDATE reads from beside its table."""
    expressions = () if update.row is None else update.row.expressions
    parts = (
        *expressions,
        *update.beside,
        *update.beside_values,
        *update.parts,
        *update.part_values,
        *update.criteria,
    )
    joined = set(map(id, members(update.table)))
    found = tuple([one for one in other_sources(update, parts) if id(one) not in joined])
    if rows is None:
        return found
    # What the user has named them by has no columns for defaults.
    return (*[one for one in found if not isinstance(one, GivenRows)], rows)


def _strangers(update: Update) -> tuple[str, ...]:
    """Return the names of tables that it sets columns of, and that no condition reads from."""
    expressions = () if update.row is None else update.row.expressions
    read = {
        *members(update.table),
        *other_sources(update, (*expressions, *update.beside_values, *update.criteria)),
    }
    tables = dict.fromkeys(column.table for column in update.beside)
    return tuple([table.name for table in tables if table not in read])


def with_sent_defaults(update: Update, state: DMLState) -> GivenRows:
    """Return the rows, with columns for the defaults that are made for each of them."""
    given = update.by_rows
    assert given is not None  # noqa: S101 - the caller has asked
    row = update.row
    known = {*given.names, *(() if row is None else (*row.names, *row.sql_names))}
    names, columns = [*given.names], [*given.told_columns]
    for key, column in update.table.c.items():
        if key not in known:
            kind, default = default_of(column, updating=True)
            if kind == SENT:
                state.sent.append((key, default, column, None))
                names.append(key)
                columns.append(column)
    return given.but(names=tuple(names), told_columns=tuple(columns))


@ansi(UpdateTarget)
def write_update_target(w: Writer, target: UpdateTarget) -> None:
    """Write the table alone: the others stand in FROM."""
    w.write(target.table)


def write_joined_target(w: Writer, target: UpdateTarget) -> None:
    """Write the table and the others, for databases that have no FROM in an UPDATE."""
    w.listed((target.table, *target.others))


@ansi(SetColumn)
def write_set_column(w: Writer, setting: SetColumn) -> None:
    """Write the name of a column that is set."""
    w.name(setting.column.name or "")


def write_qualified_set_column(w: Writer, setting: SetColumn) -> None:
    """Write the name behind that of its table, for databases that set columns of several."""
    w.write(setting.column)


def write_set_beside(w: Writer, beside: SetBeside) -> None:
    """Write settings of columns of other tables, for databases that have that."""
    if beside.strangers:
        tables = ", ".join(map(repr, beside.strangers))
        raise CompileError(
            "Statement is not a multi-table UPDATE statement; cannot include columns from table(s) "
            f"{tables} in SET clause",
            hint="where() says which of their rows are meant; all of them would be changed",
        )
    for position, (column, found) in enumerate(zip(beside.columns, beside.values, strict=True)):
        if position or beside.follows:
            w.text(", ")
        w.write(column)
        w.text("=")
        write_set_value(w, found)


def _settings(update: Update, state: DMLState) -> list[Assignment]:
    # Settings of other tables alone are no wish for all columns of this one.
    elsewhere = update.beside or update.parts
    row = given_row({}) if update.row is None and elsewhere else update.row
    found = list(assignments(state, update.table, row, updating=True))
    if not found and not elsewhere:
        check_names(state.given or (), update.table)
        raise CompileError(
            f"This UPDATE of {update.table.name!r} sets no column",
            hint="give values(), or parameters that are named after columns",
        )
    if update.order is not None:
        places = {name: place for place, name in enumerate(update.order)}
        found.sort(key=lambda pair: places.get(pair[0].key, len(places)))
    return found


def _write_settings(w: Writer, state: DMLState, found: list[Assignment], *, is_bare: bool) -> None:
    state.settings = {column.key: one for column, one in found}
    for position, (column, one) in enumerate(found):
        if position:
            w.text(", ")
        if is_bare:
            w.name(column.name)
        else:
            w.write(SetColumn(column))
        w.text("=")
        write_set_value(w, one)


def _wanted_back(update: Update, state: DMLState) -> list[Any]:
    asked = update.defaults_back
    if asked is None:
        return []
    columns = state.computed if not asked else [update.table.c[key] for key in asked]
    beside = [update.table.c[key] for key in update.supplemental]
    wanted = set(map(id, (*columns, *beside)))
    state.fetched = [one for one in update.table.c if id(one) in wanted]
    return state.fetched
