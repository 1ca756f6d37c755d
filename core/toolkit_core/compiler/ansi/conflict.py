"""Writing what an INSERT does about a row that is there already."""

from __future__ import annotations

from typing import Any, NoReturn

from toolkit_core.compiler.ansi.dml import write_set_value
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.column_defaults import counted_column
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.unique_keys import unique_keys
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.conflict import ExcludedColumn, LiteralText, OnConflict
from toolkit_core.expression.elements import case
from toolkit_core.lower.in_safe_order import in_safe_order

__all__ = [
    "ExcludedColumn",
    "OnConflict",
    "check_any_key",
    "refuse",
    "write_excluded",
    "write_literal_text",
    "write_on_conflict",
    "write_on_duplicate_key",
    "write_values_function",
]


def write_on_conflict(w: Writer, conflict: OnConflict, *, needs_target: bool = False) -> None:
    """Write ON CONFLICT: no rule of the standard's table, but of each dialect that has it.

    ``needs_target`` says that an update needs to be told on which key.
    """
    if needs_target and conflict.set_names is not None and not conflict.index:
        conflict = with_target(w, conflict)
    w.text(" ON CONFLICT")
    if conflict.constraint is not None:
        w.text(" ON CONSTRAINT ")
        w.name(conflict.constraint)
    elif conflict.index:
        w.text(" (")
        before, w.bare = w.bare, True
        w.listed(conflict.index)
        w.text(")")
        if conflict.index_where is not None:
            w.text(" WHERE ")
            w.write(conflict.index_where)
        w.bare = before
    if conflict.set_names is None:
        w.text(" DO NOTHING")
        return
    w.text(" DO UPDATE SET ")
    _write_settings(w, conflict)
    if conflict.where is not None:
        w.text(" WHERE ")
        w.write(conflict.where)


def with_target(w: Writer, conflict: OnConflict) -> OnConflict:
    """Return it with the only key that the new row can have in common with another."""
    if conflict.constraint is not None:
        return conflict
    insert = DMLState.of(w).statement
    state = DMLState.of(w)
    keys = [
        key
        for key in unique_keys(insert.table)
        if all(_is_given(insert, name, state) for name in key)
    ]
    if len(keys) != 1:
        known = " or ".join(f"({', '.join(sorted(key))})" for key in keys) or "none has values here"
        refuse(
            w,
            f"must be told which unique key of {insert.table.name!r} a conflict is on: {known}",
            'name its columns, as in on_conflict(["id"])',
        )
    (key,) = keys
    return conflict.but(index=tuple([insert.table.c[name] for name in sorted(key)]))


def _write_settings(w: Writer, conflict: OnConflict) -> None:
    names = conflict.set_names or ()
    for position, (name, value) in enumerate(zip(names, conflict.settings, strict=True)):
        if position:
            w.text(", ")
        w.name(name)
        w.text(" = ")
        write_set_value(w, value)


def write_on_duplicate_key(w: Writer, conflict: OnConflict, *, new_row: str | None = None) -> None:
    """Write ON DUPLICATE KEY UPDATE, for databases that act on whatever unique key there is.

    ``new_row`` is the name that the row to be inserted is given, where it needs one.
    """
    insert = DMLState.of(w).statement
    check_any_key(w, conflict, insert)
    if new_row is not None:
        w.text(" AS ")
        w.name(new_row)
    w.text(" ON DUPLICATE KEY UPDATE ")
    columns = insert.table.c
    if conflict.set_names is None:
        # Nothing is to be done: a column is set to what it is.
        same = conflict.index[0] if conflict.index else next(iter(columns))
        w.name(getattr(same, "name", None) or "")
        w.text(" = ")
        w.write(same)
        return
    by_name = {column.name: key for key, column in columns.items()}
    settings = {
        by_name.get(name, name): found
        for name, found in zip(conflict.set_names, conflict.settings, strict=True)
    }
    ordered = in_safe_order(settings, conflict.where, insert.table, w.rules.name)
    for position, key in enumerate(ordered):
        if position:
            w.text(", ")
        column = columns.get(key)
        w.name(key if column is None else column.name)
        w.text(" = ")
        if conflict.where is None or column is None:
            write_set_value(w, settings[key])
        else:
            write_set_value(w, case((conflict.where, settings[key]), else_=column))


def check_any_key(w: Writer, conflict: OnConflict, insert: Any) -> None:
    """Refuse a conflict that a database cannot tell from those on other keys."""
    if len(insert.conflicts) > 1:
        refuse(w, "takes one answer to all conflicts", "one on_conflict()")
    if conflict.constraint is not None or conflict.index_where is not None:
        refuse(
            w,
            "cannot be told the constraint or the condition of an index that a conflict is on",
            "name the columns of a unique key",
        )
    if not conflict.index:
        return
    state = DMLState.of(w)
    meant = frozenset(getattr(one, "key", None) or "" for one in conflict.index)
    counted = counted_column(insert.table)
    free = None if counted is None or _is_given(insert, counted.key, state) else counted.key
    for key in unique_keys(insert.table):
        # One that has more columns conflicts only where the other does; one with a number that
        # the server counts up never does.
        if not key >= meant and free not in key:
            refuse(
                w,
                f"acts on every unique key of {insert.table.name!r}: a row with the same "
                f"{', '.join(sorted(key))} would be taken for one with the same "
                f"{', '.join(sorted(meant))}",
                "on_conflict() without columns says that any key is meant",
            )


def _is_given(insert: Any, key: str, state: DMLState) -> bool:
    if key in state.binds or key in insert.selected_names:
        return True
    rows = insert.rows or ((insert.row,) if insert.row is not None else ())
    return any(key in row.names or key in row.sql_names for row in rows)


def refuse(w: Writer, what: str, hint: str) -> NoReturn:
    """Refuse an upsert by what the database does otherwise."""
    raise UnsupportedCompilationError(f"The database of dialect {w.rules.name!r} {what}", hint=hint)


def write_values_function(w: Writer, column: ExcludedColumn) -> None:
    """Write a column of the row that could not be inserted as ``VALUES(column)``."""
    w.text("VALUES(")
    w.name(column.name)
    w.text(")")


@ansi(ExcludedColumn)
def write_excluded(w: Writer, column: ExcludedColumn) -> None:
    """Write a column of the row that could not be inserted."""
    w.text("excluded.")
    w.name(column.name)


@ansi(LiteralText)
def write_literal_text(w: Writer, literal: LiteralText) -> None:
    """Write a value into the SQL."""
    w.text(literal.sql.replace("%", "%%") if w.style.paramstyle.doubles_percent else literal.sql)
