"""What MySQL writes differently in INSERT."""

from __future__ import annotations

from toolkit_core.compiler.ansi.insert import InsertedQuery
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mysql


@mysql(InsertedQuery)
def write_query(w: Writer, inserted: InsertedQuery) -> None:
    """Write a SELECT whose CTEs stand before it, and not before the INSERT.

    https://dev.mysql.com/doc/refman/9.0/en/with.html
    """
    frames, w.frames = w.frames, []
    try:
        w.write(inserted.query)
    finally:
        w.frames = frames
