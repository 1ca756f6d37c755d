"""Writing UPDATE."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import (
    UpdateSources,
    other_sources,
    write_returned,
    write_set_value,
    write_verb,
    write_where,
)
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.assignments import Assignment, assignments, check_names
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.update import Update


@ansi(Update)
def write_update(w: Writer, update: Update) -> None:
    """Write an UPDATE, clause by clause."""
    state = DMLState.of(w)
    expressions = () if update.row is None else update.row.expressions
    others = other_sources(update, (*expressions, *update.criteria))
    frame = open_level(w, (update.table, *others), update)
    write_verb(w, "UPDATE ", update)
    w.write(update.table)
    w.text(" SET ")
    _write_settings(w, state, _settings(update, state))
    if others:
        w.write(UpdateSources(others))
    write_where(w, update.criteria)
    write_returned(w, tuple(update.returned_columns()) or _wanted_back(update, state))
    close_level(w, frame)


def _settings(update: Update, state: DMLState) -> list[Assignment]:
    found = list(assignments(state, update.table, update.row, updating=True))
    if not found:
        check_names(state.given or (), update.table)
        raise CompileError(
            f"This UPDATE of {update.table.name!r} sets no column",
            hint="give values(), or parameters that are named after columns",
        )
    if update.order is not None:
        places = {name: place for place, name in enumerate(update.order)}
        found.sort(key=lambda pair: places.get(pair[0].key, len(places)))
    return found


def _write_settings(w: Writer, state: DMLState, found: list[Assignment]) -> None:
    state.settings = {column.key: value for column, value in found}
    for position, (column, value) in enumerate(found):
        if position:
            w.text(", ")
        w.name(column.name)
        w.text("=")
        write_set_value(w, value)


def _wanted_back(update: Update, state: DMLState) -> list[Any]:
    asked = update.defaults_back
    if asked is None:
        return []
    columns = state.computed if not asked else [update.table.c[key] for key in asked]
    beside = [update.table.c[key] for key in update.supplemental]
    wanted = set(map(id, (*columns, *beside)))
    state.fetched = [one for one in update.table.c if id(one) in wanted]
    return state.fetched
