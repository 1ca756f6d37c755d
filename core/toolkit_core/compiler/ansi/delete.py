"""Writing DELETE."""

from __future__ import annotations

from toolkit_core.compiler.ansi.cte import close_level, open_level
from toolkit_core.compiler.ansi.dml import (
    DeleteSources,
    other_sources,
    write_returned,
    write_verb,
    write_where,
)
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.delete import Delete


@ansi(Delete)
def write_delete(w: Writer, delete: Delete) -> None:
    """Write a DELETE, clause by clause."""
    others = tuple(dict.fromkeys((*delete.others, *other_sources(delete, delete.criteria))))
    frame = open_level(w, (delete.table, *others), delete)
    write_verb(w, "DELETE ", delete)
    w.text("FROM ")
    w.write(delete.table)
    if others:
        w.write(DeleteSources(others))
    write_where(w, delete.criteria)
    write_returned(w, delete.returned_columns())
    close_level(w, frame)
