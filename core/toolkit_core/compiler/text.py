"""Writing a text statement for a driver: named parameters become its placeholders."""

from __future__ import annotations

from time import perf_counter

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.expression.text import split_text
from toolkit_core.facts import ParamStyle, Style


def compile_text(sql: str, style: Style) -> Compiled:
    """Write the text of a ``text()`` for a style of placeholders.

    >>> compile_text("a = :x or b = :x", Style(ParamStyle.QMARK)).sql
    'a = ? or b = ?'
    >>> compile_text("a = :x or b % 2 = :x", Style(ParamStyle.PYFORMAT)).sql
    'a = %(x)s or b %% 2 = %(x)s'
    """
    began = perf_counter()
    pieces, names = split_text(sql)
    if style.paramstyle.doubles_percent:
        pieces = [piece.replace("%", "%%") for piece in pieces]
    written = [pieces[0]]
    order: list[str] = []
    for name, piece in zip(names, pieces[1:], strict=True):
        written.append(_placeholder(style, name, order))
        written.append(piece)
    compiled = Compiled("".join(written), order, positional=style.paramstyle.positional)
    compiled.made_in = perf_counter() - began
    return compiled


def _placeholder(style: Style, name: str, order: list[str]) -> str:
    """Write a placeholder and note the name where the style wants a value for it."""
    numbered = style.paramstyle in (ParamStyle.NUMERIC, ParamStyle.NUMERIC_DOLLAR)
    by_name = not style.paramstyle.positional
    if (numbered or by_name) and name in order:
        return style.placeholder(name, order.index(name) + 1)
    order.append(name)
    return style.placeholder(name, len(order))
