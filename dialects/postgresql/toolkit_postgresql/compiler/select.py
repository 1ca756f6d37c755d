"""What PostgreSQL's SELECT has beside the standard's, or spells in its own way.

https://www.postgresql.org/docs/current/sql-select.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.source_names import source_name
from toolkit_core.compiler.select_nodes import DistinctOn, ForUpdate, HintedSource, Limits
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError, UnsupportedCompilationError
from toolkit_postgresql.compiler.table import postgresql


@postgresql(DistinctOn)
def write_distinct_on(w: Writer, distinct: DistinctOn) -> None:
    """Write DISTINCT ON."""
    w.text("DISTINCT ON (")
    w.listed(distinct.columns)
    w.text(") ")


@postgresql(Limits)
def write_limits(w: Writer, limits: Limits) -> None:
    """Write LIMIT and OFFSET, or FETCH with its numbers in parentheses: it wants no expressions."""
    if not limits.with_fetch:
        _write_limit(w, limits)
        return
    if limits.percent:
        raise UnsupportedCompilationError(
            "PostgreSQL has no FETCH with PERCENT",
            hint="percent_rank() in a subquery can say it",
        )
    if limits.offset is not None:
        _write_number(w, "\n OFFSET (", limits.offset, ") ROWS")
    _write_number(w, "\n FETCH FIRST (", limits.count, ") ROWS ")
    w.text("WITH TIES" if limits.ties else "ONLY")


def _write_limit(w: Writer, limits: Limits) -> None:
    if limits.count is not None:
        _write_number(w, " \n LIMIT ", limits.count, "")
    if limits.offset is not None:
        start = "\n LIMIT ALL OFFSET " if limits.count is None else " OFFSET "
        _write_number(w, start, limits.offset, "")


def _write_number(w: Writer, before: str, number: Any, after: str) -> None:
    w.text(before)
    w.write(number)
    w.text(after)


@postgresql(ForUpdate)
def write_for_update(w: Writer, locking: ForUpdate) -> None:
    """Write FOR UPDATE and its variants.

    https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
    """
    if locking.read:
        w.text(" FOR KEY SHARE" if locking.key_share else " FOR SHARE")
    else:
        w.text(" FOR NO KEY UPDATE" if locking.key_share else " FOR UPDATE")
    if locking.of:
        tables = dict.fromkeys([_table_name(w, one) for one in locking.of])
        w.text(f" OF {', '.join(tables)}")
    if locking.nowait:
        w.text(" NOWAIT")
    if locking.skip_locked:
        w.text(" SKIP LOCKED")


def _table_name(w: Writer, of: Any) -> str:
    """Return the name of a table, or of that of a column: without its schema, as it is asked."""
    source = getattr(of, "table", None)
    source = of if source is None else source
    return source_name(w, source).rpartition(".")[2] if source.name else source_name(w, source)


@postgresql(HintedSource)
def write_hinted(w: Writer, hinted: HintedSource) -> None:
    """Write ONLY before a table without those that inherit from it; there is no other hint."""
    text = hinted.hint.text or ""
    if text.upper() != "ONLY":
        raise CompileError(
            f"Unrecognized hint: {text!r}",
            hint='PostgreSQL knows "ONLY"; others are meant for one dialect: dialect_name=',
        )
    w.text("ONLY ")
    w.write(hinted.source)
