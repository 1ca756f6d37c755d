"""SQLite's upsert."""

from __future__ import annotations

from toolkit_core.compiler.ansi.conflict import OnConflict, write_on_conflict
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(OnConflict)
def write_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write ON CONFLICT; there may be several."""
    # https://sqlite.org/lang_upsert.html
    write_on_conflict(w, conflict)
