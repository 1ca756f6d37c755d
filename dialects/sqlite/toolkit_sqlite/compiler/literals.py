"""SQLite's constants: there is no type of truth. https://sqlite.org/datatype3.html."""

from __future__ import annotations

from toolkit_core.compiler.expression_nodes import False_, True_
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(True_)
def write_true(w: Writer, true: True_) -> None:
    """Write 1, which older versions know, too."""
    w.text("1")


@sqlite(False_)
def write_false(w: Writer, false: False_) -> None:
    """Write 0."""
    w.text("0")
