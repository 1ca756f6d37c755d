"""What SQLite writes differently in INSERT."""

from __future__ import annotations

from toolkit_core.compiler.ansi.insert import NoValues
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(NoValues)
def write_no_values(w: Writer, none: NoValues) -> None:
    """Write DEFAULT VALUES; an empty list is refused."""
    # https://sqlite.org/lang_insert.html
    w.text(" DEFAULT VALUES")
