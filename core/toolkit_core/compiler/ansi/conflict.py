"""Writing what an INSERT does about a row that is there already."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import write_set_value
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.conflict import ExcludedColumn, LiteralText, OnConflict

__all__ = ["OnConflict", "write_excluded", "write_literal_text", "write_on_conflict"]


def write_on_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write ON CONFLICT: no rule of the standard's table, but of each dialect that has it."""
    w.text(" ON CONFLICT")
    if conflict.index:
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
    for position, (name, value) in enumerate(
        zip(conflict.set_names, conflict.settings, strict=True)
    ):
        if position:
            w.text(", ")
        w.name(name)
        w.text(" = ")
        write_set_value(w, value)
    if conflict.where is not None:
        w.text(" WHERE ")
        w.write(conflict.where)


@ansi(ExcludedColumn)
def write_excluded(w: Writer, column: ExcludedColumn) -> None:
    """Write a column of the row that could not be inserted."""
    w.text("excluded.")
    w.name(column.name)


@ansi(LiteralText)
def write_literal_text(w: Writer, literal: LiteralText) -> None:
    """Write a value into the SQL."""
    w.text(literal.sql.replace("%", "%%") if w.style.paramstyle.doubles_percent else literal.sql)
