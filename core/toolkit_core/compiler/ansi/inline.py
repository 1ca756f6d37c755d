"""Expressions inside of DDL: columns without their table, values as literals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from toolkit_core.compiler.expanding import Expanded
from toolkit_core.compiler.writer import Late, Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression import operators as op
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import TextClause, split_text
from toolkit_core.schema.sql_text import as_sql


@contextmanager
def literally(w: Writer, *, bare: bool) -> Iterator[None]:
    """Write values as literals for a while, and columns without their table if they are bare."""
    before, start, binds = (w.literal, w.bare, w.has_late), len(w.out), len(w.binds)
    w.literal, w.bare = True, bare
    try:
        yield
    finally:
        w.literal, w.bare, w.has_late = before
    if len(w.binds) > binds:
        _write_lists(w, start)
        del w.binds[binds:]


def _write_lists(w: Writer, start: int) -> None:
    """Write lists out, whose length would else be known only when they are sent."""
    pieces = w.out[start:]
    values = {piece.name: piece.bind.effective_value for piece in pieces if isinstance(piece, Late)}
    w.out[start:] = [Expanded(pieces, values, w.style, w.dialect, literal=True).sql]


def write_inline(w: Writer, expression: Any, *, strength: int = op.LISTED) -> None:
    """Write an expression, or SQL text, as it stands in DDL."""
    expression = as_sql(expression)
    if isinstance(expression, TextClause):
        write_plain_text(w, expression.text)
    else:
        with literally(w, bare=True):
            w.operand(expression, strength)


def write_query(w: Writer, query: Node) -> None:
    """Write a query as it stands in DDL."""
    with literally(w, bare=False):
        w.write(query)


def write_plain_text(w: Writer, sql: str) -> None:
    r"""Write text that has no parameters: ``\:`` is a colon."""
    pieces, names = split_text(sql)
    if names:
        raise CompileError(
            f"DDL cannot have parameters, and {sql!r} names {', '.join(map(repr, names))}",
            hint=r"write the value into it; a plain colon is written \:",
        )
    w.safe(pieces[0])


def quoted_string(value: str) -> str:
    """Return a string as SQL.

    >>> quoted_string("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"
