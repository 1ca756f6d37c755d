"""Writing functions: their names, and what stands between their parentheses."""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression import generic_functions as known
from toolkit_core.expression import operators as op
from toolkit_core.expression.functions import Function, FunctionAsBinary, FunctionElement


@ansi(FunctionElement)
def write_function(w: Writer, function: FunctionElement[Any]) -> None:
    """Write the name and the arguments of a function."""
    name = function.name
    if name is None:
        raise UnsupportedCompilationError(
            f"{type(function).__name__} has no name to be written by",
            hint="give the class a name, or a rule with @compiles",
        )
    write_call(w, w.style.quoted(name) if getattr(name, "quote", None) else name, function)


def write_call(w: Writer, name: str, function: FunctionElement[Any]) -> None:
    """Write a call under any name."""
    w.safe(f"{name}(")
    write_arguments(w, function)
    w.text(")")


def write_arguments(w: Writer, function: FunctionElement[Any]) -> None:
    """Write arguments with commas between."""
    w.operands(function.arguments, op.LISTED)


@ansi(Function)
def write_named_function(w: Writer, function: Function[Any]) -> None:
    """Write a function that is known by its name only, which is quoted if it must be."""
    path = (*function.package, function.name)
    write_call(w, ".".join([function_name(w, part) for part in path]), function)


_PLAIN = re.compile(r"[^\W\d][\w$]*")


def function_name(w: Writer, name: str) -> str:
    """Return a name of a function: quoted where it could not be written otherwise.

    Capitals and reserved words are as the user wrote them: ``func.NOW()``, ``func.left()``.
    """
    if getattr(name, "quote", None) is None and _PLAIN.fullmatch(name):
        return name
    return w.style.quoted(name)


@ansi(known.AnsiFunction)
def write_ansi_function(w: Writer, function: known.AnsiFunction[Any]) -> None:
    """Write a function of the standard's that has no parentheses where it has no arguments."""
    name = str(function.name)
    name = name if name == "sysdate" else name.upper()
    if function.arguments:
        write_call(w, name, function)
    else:
        w.text(name)


@ansi(known.next_value)
def write_next_value(w: Writer, function: known.next_value) -> None:
    """Write what no standard spells: legible, but not to be sent."""
    w.text("<next sequence value: ")
    w.qualified(function.sequence.name, getattr(function.sequence, "schema", None))
    w.text(">")


def refuse_next_value(w: Writer, _function: Any) -> None:
    """Refuse sequences, for dialects that have none."""
    raise UnsupportedCompilationError(
        f"Dialect {w.rules.name!r} does not support sequence increments.",
        hint="an integer primary key counts by itself",
    )


@ansi(FunctionAsBinary)
def write_comparison(w: Writer, found: FunctionAsBinary) -> None:
    """Write the function alone: what it compares is for relationships to know."""
    w.write(found.sql_function)
