"""What SQLite writes differently in DELETE."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import DeleteSources
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_sqlite.compiler.table import sqlite


@sqlite(DeleteSources)
def refuse_delete_sources(w: Writer, others: DeleteSources) -> None:
    """Refuse further tables."""
    # https://sqlite.org/lang_delete.html
    names = ", ".join(str(source.name) for source in others.sources)
    raise UnsupportedCompilationError(
        f"SQLite's DELETE reads from one table only; its conditions name {names}, too",
        hint="put the others into a subquery: .where(exists().where(...)), or column.in_(select())",
    )
