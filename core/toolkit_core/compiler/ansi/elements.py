"""Writing columns, casts, CASE, and parts of dates."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression import operators as op
from toolkit_core.expression.elements import Case, Cast, Extract, TryCast, TypeCoerce
from toolkit_core.schema import Column


@ansi(Column)
def write_column(w: Writer, column: Column[Any]) -> None:
    """Write a column with the name of its table."""
    if column.table is not None and not w.bare:
        w.name(column.table.name)
        w.text(".")
    w.name(column.name)


@ansi(Cast)
def write_cast(w: Writer, cast: Cast[Any]) -> None:
    """Write CAST."""
    w.text("CAST(")
    w.write(cast.clause)
    w.text(" AS ")
    w.type(cast.type)
    w.text(")")


@ansi(TryCast)
def write_try_cast(w: Writer, cast: TryCast[Any]) -> None:
    """Write TRY_CAST."""
    w.text("TRY_CAST(")
    w.write(cast.clause)
    w.text(" AS ")
    w.type(cast.type)
    w.text(")")


def refuse_try_cast(w: Writer, _cast: TryCast[Any]) -> None:
    """Refuse TRY_CAST, for dialects that have none."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no TRY_CAST",
        hint="cast() fails where it cannot be done; case() may test before",
    )


@ansi(TypeCoerce)
def write_type_coerce(w: Writer, found: TypeCoerce[Any]) -> None:
    """Write what is of another type for Python only."""
    w.write(found.clause)


@ansi(Extract)
def write_extract(w: Writer, extract: Extract) -> None:
    """Write EXTRACT."""
    w.text(f"EXTRACT({extract.field} FROM ")
    w.write(extract.expr)
    w.text(")")


@ansi(Case)
def write_case(w: Writer, case: Case[Any]) -> None:
    """Write CASE."""
    w.text("CASE ")
    if case.value is not None:
        w.write(case.value)
        w.text(" ")
    for position in range(0, len(case.whens), 2):
        w.text("WHEN ")
        w.operand(case.whens[position], op.EVERYTHING)
        w.text(" THEN ")
        w.operand(case.whens[position + 1], op.LISTED)
        w.text(" ")
    if case.else_ is not None:
        w.text("ELSE ")
        w.operand(case.else_, op.LISTED)
        w.text(" ")
    w.text("END")
