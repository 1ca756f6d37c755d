"""What PostgreSQL writes differently in DELETE."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import DeleteSources
from toolkit_core.compiler.writer import Writer
from toolkit_postgresql.compiler.table import postgresql


@postgresql(DeleteSources)
def write_delete_sources(w: Writer, others: DeleteSources) -> None:
    """Write USING."""
    # https://www.postgresql.org/docs/current/sql-delete.html
    w.text(" USING ")
    w.listed(others.sources)
