"""How SQLite writes rows that an UPDATE or DELETE goes by."""

from __future__ import annotations

from toolkit_core.compiler.ansi.given_rows import write_in_list, write_repeated
from toolkit_core.compiler.select_nodes import GivenRows, RowsIn
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(GivenRows)
def write_given_rows(w: Writer, given: GivenRows) -> None:
    """Write rows with names: VALUES calls its columns column1, column2 and so on."""
    names = [
        f"column{number} AS {w.style.quoted(name)}"
        for number, name in enumerate(given.shown_names, 1)
    ]
    w.text(f"(SELECT {', '.join(names)} FROM (VALUES ")
    write_repeated(w, given, given.names)
    w.text(")) AS ")
    w.name(given.name)


@sqlite(RowsIn)
def write_rows_in(w: Writer, found: RowsIn) -> None:
    """Write VALUES before a list of rows."""
    # https://sqlite.org/rowvalue.html
    write_in_list(w, found, "VALUES ")
