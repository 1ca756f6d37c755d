"""Writing DELETE."""

from __future__ import annotations

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
    write_verb(w, "DELETE ", delete)
    w.text("FROM ")
    w.write(delete.table)
    w.sources.append((delete.table, *others))
    if others:
        w.write(DeleteSources(others))
    write_where(w, delete.criteria)
    w.sources.pop()
    write_returned(w, delete.returned_columns())
