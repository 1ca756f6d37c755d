"""What SQLite writes differently in all statements that write rows."""

from __future__ import annotations

from toolkit_core.compiler.ansi.dml import Returning, write_returning
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(Returning)
def write_bare_returning(w: Writer, returning: Returning) -> None:
    """Write RETURNING without table names: older versions know only the bare ones there."""
    before, w.bare = w.bare, True
    write_returning(w, returning)
    w.bare = before
