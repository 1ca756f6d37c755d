"""Writing rows of values that an UPDATE or DELETE goes by.

One row is written, and noted where: it is repeated for as many as there are.
"""

from __future__ import annotations

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.node import Node, child, declared
from toolkit_core.expression.rows_in import RowsIn

__all__ = [
    "GivenRows",
    "GivenValue",
    "RowsIn",
    "write_cast_value",
    "write_given_rows",
    "write_given_value",
    "write_in_list",
    "write_repeated",
    "write_rows_in",
    "write_united_rows",
]


@declared
class GivenValue(Node):
    """One value of the row: made while it is written."""

    bind: BindParameter = child()  # type: ignore[type-arg]


@ansi(GivenRows)
def write_given_rows(w: Writer, given: GivenRows) -> None:
    """Write VALUES with the name of the rows, and those of their columns."""
    w.text("(VALUES ")
    write_repeated(w, given, given.names)
    w.text(") AS ")
    w.name(given.name)
    w.safe(f" ({', '.join(map(w.style.quoted, given.shown_names))})")


def write_united_rows(w: Writer, given: GivenRows, *, dual: str = "") -> None:
    """Write one SELECT for each row, for databases without VALUES in FROM.

    The first has no row, and the names of the columns.
    """
    names = [f"NULL AS {w.style.quoted(name)}" for name in given.shown_names]
    w.text(f"(SELECT {', '.join(names)}{dual} WHERE 1 = 0 UNION ALL SELECT ")
    DMLState.of(w).separator = f"{dual} UNION ALL SELECT "
    write_repeated(w, given, given.names, alone=True)
    w.text(f"{dual}) ")
    w.name(given.name)


def write_repeated(
    w: Writer,
    given: GivenRows,
    names: tuple[str, ...],
    *,
    alone: bool = False,
    compared: bool = False,
) -> None:
    """Write the values of one row, in parentheses if they do not stand alone.

    ``compared``: columns beside them say what they are.
    """
    state = DMLState.of(w)
    columns = dict(zip(given.names, given.told_columns, strict=True))
    state.row_start = len(w.out)
    if not alone:
        w.text("(")
    for position, name in enumerate(names):
        if position:
            w.text(", ")
        bind = state.parameter(name, columns[name], given.rows[0].get(name))
        w.write(bind if compared else GivenValue(bind))
    if not alone:
        w.text(")")
    state.row_end = len(w.out)


@ansi(GivenValue)
def write_given_value(w: Writer, given: GivenValue) -> None:
    """Write the parameter."""
    w.write(given.bind)


def write_cast_value(w: Writer, given: GivenValue) -> None:
    """Write the parameter with its type, for servers that must be told it in VALUES."""
    before, _ = w.cast_around(given.bind.type)
    if before:
        w.write(given.bind)
        return
    w.text("CAST(")
    w.write(given.bind)
    w.text(" AS ")
    w.type(given.bind.type)
    w.text(")")


@ansi(RowsIn)
def write_rows_in(w: Writer, found: RowsIn) -> None:
    """Write that columns have the values of a row: a list, of values or of rows."""
    write_in_list(w, found)


def write_in_list(w: Writer, found: RowsIn, before: str = "") -> None:
    """Do it; ``before`` is what stands before a list of rows."""
    several = len(found.columns) > 1
    if several:
        w.text("(")
    w.listed(found.columns)
    w.text(f"{')' * several} IN ({before * several}")
    compared = not (several and before)
    write_repeated(w, found.given, found.given.by, alone=not several, compared=compared)
    w.text(")")
