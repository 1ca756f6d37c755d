"""SQLite's parts of dates, and casts."""

from __future__ import annotations

from toolkit_core.compiler.ansi.elements import refuse_try_cast
from toolkit_core.compiler.expression_nodes import Extract, TryCast
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_sqlite.compiler.table import sqlite

# https://sqlite.org/lang_datefunc.html
PARTS = {
    "day": "%d",
    "dow": "%w",
    "doy": "%j",
    "epoch": "%s",
    "hour": "%H",
    "minute": "%M",
    "month": "%m",
    "second": "%S",
    "week": "%W",
    "year": "%Y",
}


@sqlite(Extract)
def write_extract(w: Writer, extract: Extract) -> None:
    """There is no EXTRACT, but a function that formats."""
    part = PARTS.get(extract.field)
    if part is None:
        raise CompileError(
            f"{extract.field} is not a valid extract argument.", hint=f"one of {', '.join(PARTS)}"
        )
    percent = part.replace("%", "%%") if w.style.paramstyle.doubles_percent else part
    w.text(f"CAST(STRFTIME('{percent}', ")
    w.write(extract.expr)
    w.text(") AS INTEGER)")


sqlite(TryCast)(refuse_try_cast)
