"""PostgreSQL's own names of functions."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.functions import write_call
from toolkit_core.compiler.expression_nodes import FunctionElement, generic_functions
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.types import quoted
from toolkit_postgresql.compiler.table import postgresql

known = generic_functions

# Class → the name of the function that does the same.
RENAMED: dict[type[FunctionElement[Any]], str] = {
    known.aggregate_strings: "string_agg",
    known.pow: "power",
}


@postgresql(*RENAMED)
def write_renamed(w: Writer, function: FunctionElement[Any]) -> None:
    """Write a function under its name here."""
    name = next(RENAMED[cls] for cls in type(function).__mro__ if cls in RENAMED)
    write_call(w, name, function)


@postgresql(known.next_value)
def write_next_value(w: Writer, function: known.next_value) -> None:
    """Write nextval() with the name of the sequence, which is text.

    https://www.postgresql.org/docs/current/functions-sequence.html
    """
    sequence = function.sequence
    start = len(w.out)
    w.qualified(sequence.name, sequence.schema)
    name = "".join(w.out[start:])
    del w.out[start:]
    w.text(f"nextval({quoted(name, w.style)})")
