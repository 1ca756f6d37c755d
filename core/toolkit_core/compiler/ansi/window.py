"""Writing what may follow a function: OVER, FILTER, WITHIN GROUP, ORDER BY."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.functions import FunctionElement
from toolkit_core.expression.windows import (
    AggregateOrderBy,
    FrameClause,
    FrameClauseType,
    FunctionFilter,
    Over,
    WithinGroup,
)


@ansi(Over)
def write_over(w: Writer, over: Over[Any]) -> None:
    """Write OVER with its window."""
    w.write(over.element)
    w.text(" OVER (")
    parts = [
        (word, nodes)
        for word, nodes in (
            ("PARTITION BY ", over.partition_by),
            ("ORDER BY ", over.order_by),
        )
        if nodes
    ]
    for position, (word, nodes) in enumerate(parts):
        w.text(" " * bool(position) + word)
        w.listed(nodes)
    for word, frame in (("ROWS", over.rows), ("RANGE", over.range_), ("GROUPS", over.groups)):
        if frame is not None:
            w.text(f"{' ' * bool(parts)}{word} BETWEEN ")
            w.write(frame)
            if over.exclude is not None:
                w.text(f" EXCLUDE {over.exclude}")
    w.text(")")


@ansi(FrameClause)
def write_frame(w: Writer, frame: FrameClause) -> None:
    """Write the bounds of a frame."""
    _write_bound(w, frame.lower_type, frame.lower, "PRECEDING")
    w.text(" AND ")
    _write_bound(w, frame.upper_type, frame.upper, "FOLLOWING")


def _write_bound(w: Writer, kind: FrameClauseType, value: Any, unbounded: str) -> None:
    if kind is FrameClauseType.CURRENT:
        w.text("CURRENT ROW")
    elif kind is FrameClauseType.UNBOUNDED:
        w.text(f"UNBOUNDED {unbounded}")
    else:
        w.write(value)
        w.text(f" {kind.name}")


@ansi(FunctionFilter)
def write_filter(w: Writer, found: FunctionFilter[Any]) -> None:
    """Write FILTER."""
    w.write(found.func)
    w.text(" FILTER (WHERE ")
    w.write(found.criterion)
    w.text(")")


@ansi(WithinGroup)
def write_within_group(w: Writer, found: WithinGroup[Any]) -> None:
    """Write WITHIN GROUP."""
    w.write(found.element)
    w.text(" WITHIN GROUP (ORDER BY ")
    w.listed(found.order_by)
    w.text(")")


@ansi(AggregateOrderBy)
def write_aggregate_order_by(w: Writer, found: AggregateOrderBy[Any]) -> None:
    """Write an aggregate with ORDER BY as the last thing between its parentheses."""
    if not isinstance(found.element, FunctionElement):
        # The last argument of one: the order stands behind it.
        w.write(found.element)
        w.text(" ORDER BY ")
        w.listed(found.order_by)
        return
    w.write(found.element)
    # The parenthesis that the function closed with is opened again.
    closed = w.out.pop()
    w.text(closed[:-1])
    w.text(" ORDER BY ")
    w.listed(found.order_by)
    w.text(")")
