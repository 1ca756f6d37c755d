"""PostgreSQL's upsert."""

from __future__ import annotations

from toolkit_core.compiler.ansi.conflict import OnConflict, write_on_conflict
from toolkit_core.compiler.writer import Writer
from toolkit_postgresql.compiler.table import postgresql


@postgresql(OnConflict)
def write_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write ON CONFLICT."""
    # https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT
    write_on_conflict(w, conflict, needs_target=True)
