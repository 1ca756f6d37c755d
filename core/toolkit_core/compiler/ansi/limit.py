"""Writing how many rows to return: LIMIT and OFFSET, or FETCH."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.for_update import ForUpdate
from toolkit_core.expression.select_base import GenerativeSelect
from toolkit_core.lower.row_limits import Limits, row_limits


def write_limits(w: Writer, select: GenerativeSelect) -> None:
    """Write how many rows to skip and to return."""
    limits = row_limits(select)
    if limits is not None:
        w.write(limits)


@ansi(Limits)
def write_limit(w: Writer, limits: Limits) -> None:
    """Write LIMIT and OFFSET; -1 is no limit, where one must be said."""
    if limits.with_fetch:
        write_fetch(w, limits)
        return
    w.text("\n LIMIT ")
    _write_count(w, limits.count, "-1")
    if limits.offset is not None:
        w.text(" OFFSET ")
        w.write(limits.offset)


def write_fetch(w: Writer, limits: Limits) -> None:
    """Write OFFSET and FETCH."""
    if limits.offset is not None:
        w.text("\n OFFSET ")
        w.write(limits.offset)
        w.text(" ROWS")
    w.text("\n FETCH FIRST ")
    _write_count(w, limits.count, "1")
    w.text(" PERCENT" if limits.percent else "")
    w.text(" ROWS WITH TIES" if limits.ties else " ROWS ONLY")


def _write_count(w: Writer, count: Any, otherwise: str) -> None:
    if count is None:
        w.text(otherwise)
    else:
        w.write(count)


@ansi(ForUpdate)
def write_for_update(w: Writer, _locking: ForUpdate) -> None:
    """Write FOR UPDATE; its variants are the dialects' own."""
    w.text(" FOR UPDATE")
