"""Writing DELETE."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import (
    DeleteSources,
    other_sources,
    write_dialect_options,
    write_returned,
    write_table_hints,
    write_verb,
    write_where,
)
from toolkit_core.compiler.ansi.hints import write_extensions
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.delete import Delete
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node, child, children, declared
from toolkit_core.expression.rows_in import RowsIn
from toolkit_core.lower.rows_joined import rows_looked_up


@declared
class DeleteTarget(Node):
    """The table of a DELETE that reads from others, too: made while it is written."""

    table: FromClause = child()
    others: tuple[FromClause, ...] = children()


def _criteria(delete: Delete) -> tuple[Any, ...]:
    given = delete.by_rows
    if given is None:
        return delete.criteria
    return (*delete.criteria, RowsIn(tuple(given.found_by.values()), given))


@ansi(Delete)
def write_delete(w: Writer, delete: Delete) -> None:
    """Write a DELETE, clause by clause."""
    others = tuple(dict.fromkeys((*delete.others, *other_sources(delete, delete.criteria))))
    frame = open_level(w, (delete.table, *others), delete)
    write_verb(w, "DELETE ", delete)
    w.text("FROM ")
    w.write(DeleteTarget(delete.table, others) if others else delete.table)
    write_table_hints(w, delete)
    write_where(w, _criteria(delete))
    write_extensions(w, delete.post_criteria, before=" ")
    write_dialect_options(w, delete)
    write_returned(w, delete.returned_columns())
    state = DMLState.of(w)
    state.by_rows = delete.by_rows
    state.move(close_level(w, frame))


def write_delete_looked_up(w: Writer, delete: Delete) -> None:
    """Write a DELETE that goes by rows as one that reads from them as from another table."""
    given = delete.by_rows
    assert given is not None  # noqa: S101 - the caller has asked
    write_delete(w, rows_looked_up(delete, given))
    DMLState.of(w).by_rows = given


@ansi(DeleteTarget)
def write_delete_target(w: Writer, target: DeleteTarget) -> None:
    """Write the table, and the others behind it."""
    w.write(target.table)
    w.write(DeleteSources(target.others))
