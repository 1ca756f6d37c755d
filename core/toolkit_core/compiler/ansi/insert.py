"""Writing INSERT."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import write_returned, write_set_value, write_verb
from toolkit_core.compiler.ansi.hints import write_extensions
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.assignments import Assignment, assignments, defaulted, rows_alike
from toolkit_core.compiler.column_defaults import (
    NONE,
    SENT,
    counted_column,
    default_of,
    key_columns,
    mark_column,
)
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.frame import Place
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import Label
from toolkit_core.expression.insert import Insert
from toolkit_core.expression.node import Node, child, declared
from toolkit_core.expression.select import Select


class NoValues(Node):
    """In place of VALUES, where no column gets a value: made while an INSERT is written."""


@declared
class InsertedQuery(Node):
    """The SELECT whose rows are inserted: made while an INSERT is written."""

    query: Node = child()


@ansi(Insert)
def write_insert(w: Writer, insert: Insert) -> None:
    """Write an INSERT, clause by clause."""
    state = DMLState.of(w)
    state.inserts, state.statement = True, insert
    frame = open_level(w, (), insert)
    write_verb(w, "INSERT ", insert)
    w.text("INTO ")
    w.write(insert.table)
    if insert.selected is not None:
        _write_selected(w, insert, state)
    elif insert.rows:
        _write_rows(w, insert, state)
    else:
        state.is_marked = _is_marked(insert, state)
        _write_row(w, insert, state)
    for conflict in insert.conflicts:
        w.write(conflict)
    w.result = []
    write_extensions(w, insert.post_values, before=" ")
    asked = tuple(insert.returned_columns())
    back = asked or wanted_back(insert, state, w.dialect)
    write_returned(w, asked, kept_in_order(insert, state, back), fetched=back)
    state.move(close_level(w, frame))


def _write_row(w: Writer, insert: Insert, state: DMLState) -> None:
    found = list(assignments(state, insert.table, insert.row, updating=False))
    if not found:
        w.write(NoValues())
        return
    state.warnings += without_value(insert.table, found)
    _write_names(w, found)
    w.text(" VALUES ")
    state.row_start = len(w.out)
    _write_values(w, state, found)
    state.row_end = len(w.out)


def without_value(table: Any, found: list[Assignment]) -> list[str]:
    """Return a warning for each column of the key that gets no value from anywhere."""
    given = {id(column) for column, _ in found}
    key = key_columns(table)
    counted = counted_column(table)
    composite = (
        " Note that 'autoincrement=True' must be indicated explicitly for composite (e.g. "
        "multicolumn) primary keys if AUTO_INCREMENT/SERIAL/IDENTITY behavior is expected for one "
        "of the columns in the primary key."
    )
    return [
        f"Column '{table.name}.{column.name}' is marked as a member of the primary key for table "
        f"'{table.name}', but has no Python-side or server-side default generator indicated, nor "
        "does it indicate 'autoincrement=True' or 'nullable=True', and no explicit value is "
        f"passed.  Primary key columns typically may not store NULL.{composite * (len(key) > 1)}"
        for column in key
        if id(column) not in given
        and column is not counted
        and not column.nullable
        and default_of(column, updating=False)[0] == NONE
    ]


def _write_rows(w: Writer, insert: Insert, state: DMLState) -> None:
    rows_alike(insert.rows, insert.table)
    for number, row in enumerate(insert.rows):
        found = list(assignments(state, insert.table, row, updating=False, number=number))
        if not number:
            _write_names(w, found)
            w.text(" VALUES ")
        else:
            w.text(", ")
        _write_values(w, state, found)


def _write_names(w: Writer, found: list[Assignment]) -> None:
    w.text(" (")
    for position, (column, _) in enumerate(found):
        if position:
            w.text(", ")
        w.name(column.name)
    w.text(")")


def _write_values(w: Writer, state: DMLState, found: list[Assignment]) -> None:
    state.settings = {column.key: value for column, value in found}
    w.text("(")
    for position, (_, value) in enumerate(found):
        if position:
            w.text(", ")
        write_set_value(w, value)
    w.text(")")


def _write_selected(w: Writer, insert: Insert, state: DMLState) -> None:
    """Write the SELECT whose rows are inserted; columns with a default are added to it."""
    columns = insert.table.c
    names = list(insert.selected_names)
    select: Any = insert.selected
    added: list[Any] = []
    if insert.include_defaults and isinstance(select, Select):
        for key, column in columns.items():
            if key in names:
                continue
            for _, found in defaulted(state, key, column, updating=False):
                added.append(found)
                names.append(key)
        if added:
            shown = [
                found if getattr(found, "name", None) else Label(f"anon_{place}", found, found.type)
                for place, found in enumerate(added, start=1)
            ]
            select = select.but(raw_columns=(*select.raw_columns, *shown))
    w.text(" (")
    for position, name in enumerate(names):
        if position:
            w.text(", ")
        w.name(columns[name].name)
    w.text(") ")
    w.place = Place.TOP
    w.write(InsertedQuery(select))


@ansi(InsertedQuery)
def write_inserted_query(w: Writer, inserted: InsertedQuery) -> None:
    """Write the SELECT."""
    w.write(inserted.query)


@ansi(NoValues)
def write_no_values(w: Writer, none: NoValues) -> None:
    """Write empty lists."""
    w.text(" () VALUES ()")


def _is_marked(insert: Insert, state: DMLState) -> bool:
    if not (state.is_many and insert.sorts):
        return False
    return bool(getattr(getattr(mark_column(insert.table), "default", None), "is_sentinel", False))


def kept_in_order(insert: Insert, state: DMLState, back: Iterable[Any]) -> list[Any]:
    """Return the columns that RETURNING lists, too, so that rows can be told apart."""
    listed = set(map(id, back))
    if not (state.is_many and listed and (insert.sorts or insert.defaults_back is not None)):
        return []
    mark = mark_column(insert.table)
    state.ordered_by = list(key_columns(insert.table)) if mark is None else [mark]
    state.hidden = [column for column in state.ordered_by if id(column) not in listed]
    return state.hidden


def tells_key(dialect: Any) -> bool:
    """Tell whether the key that the server counts up is known without RETURNING, or not at all."""
    return bool(dialect.capabilities.last_row_id or not dialect.capabilities.returning)


def _learns_key(insert: Insert, state: DMLState, dialect: Any) -> bool:
    """Tell whether the key is to come back: also where the statement is only looked at."""
    if state.learns_key or state.given is not None or insert.row is None:
        return state.learns_key
    return bool(dialect.capabilities.returning) and not tells_key(dialect)


def wanted_back(insert: Insert, state: DMLState, dialect: Any) -> list[Any]:
    """Return the columns that RETURNING fetches so that the key or the defaults are known."""
    if insert.defaults_back is not None:
        back = _defaults_wanted(insert, state)
    elif _learns_key(insert, state, dialect) and not insert.is_inline and not insert.rows:
        back = _keys_wanted(insert, state, dialect)
    else:
        back = []
    state.fetched = back
    return back


def _defaults_wanted(insert: Insert, state: DMLState) -> list[Any]:
    asked = insert.defaults_back
    counted = counted_column(insert.table)
    back = []
    for key, column in insert.table.c.items():
        if key in insert.supplemental:
            back.append(column)
        elif key not in state.known:
            is_key = getattr(column, "primary_key", False)
            has_value = column is counted or not is_key or _is_made(insert, state, column)
            if has_value and (not asked or key in asked or is_key):
                back.append(column)
    return back


def _keys_wanted(insert: Insert, state: DMLState, dialect: Any) -> list[Any]:
    counted = counted_column(insert.table)
    keys = key_columns(insert.table)
    made = [column for column in keys if column is not counted and _is_made(insert, state, column)]
    counts = counted is not None and not tells_key(dialect)
    if not made and not (counts and counted.key not in state.known):
        return []
    return [
        column
        for column in keys
        if column.key not in state.known and (column is counted or column in made)
    ]


def _is_made(insert: Insert, state: DMLState, column: Any) -> bool:
    """Tell whether the server makes the value of a column that is no parameter."""
    if column.key in state.known:
        return False
    if insert.row is not None and column.key in insert.row.sql_names:
        return True
    return default_of(column, updating=False)[0] not in (NONE, SENT)
