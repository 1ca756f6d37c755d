"""SQLite's own names of functions."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.functions import refuse_next_value, write_call
from toolkit_core.compiler.expression_nodes import FunctionElement, generic_functions
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite

known = generic_functions


@sqlite(known.now)
def write_now(w: Writer, now: known.now) -> None:
    """The standard's word, which means UTC here. https://sqlite.org/lang_createtable.html."""
    w.text("CURRENT_TIMESTAMP")


@sqlite(known.localtimestamp)
def write_localtimestamp(w: Writer, function: known.localtimestamp) -> None:
    """There is no word for the local time, but a modifier."""
    w.text("DATETIME(CURRENT_TIMESTAMP, 'localtime')")


# Class → the name of the function that does the same.
RENAMED: dict[type[FunctionElement[Any]], str] = {
    known.char_length: "length",
    known.aggregate_strings: "group_concat",
}


@sqlite(*RENAMED)
def write_renamed(w: Writer, function: FunctionElement[Any]) -> None:
    """Write a function under its name here."""
    write_call(w, RENAMED[type(function)], function)


sqlite(known.next_value)(refuse_next_value)
