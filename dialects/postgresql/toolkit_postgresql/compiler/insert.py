"""What PostgreSQL writes differently in INSERT."""

from __future__ import annotations

from toolkit_core.compiler.ansi.insert import NoValues
from toolkit_core.compiler.writer import Writer
from toolkit_postgresql.compiler.table import postgresql


@postgresql(NoValues)
def write_no_values(w: Writer, none: NoValues) -> None:
    """Write DEFAULT VALUES; an empty list is refused."""
    # https://www.postgresql.org/docs/current/sql-insert.html
    w.text(" DEFAULT VALUES")
