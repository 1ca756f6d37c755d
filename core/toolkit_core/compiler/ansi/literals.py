"""Writing values, constants and names."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import (
    BindParameter,
    False_,
    Label,
    Null,
    True_,
)
from toolkit_core.expression.text import TextClause, split_text
from toolkit_core.expression.tstring import TString
from toolkit_core.expression.written_sql import WrittenSQL


@ansi(BindParameter)
def write_bind(w: Writer, bind: BindParameter[Any]) -> None:
    """Write a placeholder, or where it is wanted so, the value."""
    if bind.expanding and id(bind) not in w.expressed:
        w.text("(")
        w.late(bind, "SELECT 1 WHERE 1!=1")
        w.text(")")
    elif bind.expanding or bind.literal_execute:
        w.late(bind)
    else:
        w.bind(bind)


@ansi(Null)
def write_null(w: Writer, null: Null) -> None:
    """Write NULL."""
    w.text("NULL")


@ansi(True_)
def write_true(w: Writer, true: True_) -> None:
    """Write true."""
    w.text("true")


@ansi(False_)
def write_false(w: Writer, false: False_) -> None:
    """Write false."""
    w.text("false")


@ansi(Label)
def write_label(w: Writer, label: Label[Any]) -> None:
    """Write what a label stands for; the name is written where columns are listed."""
    w.write(label.element)


@ansi(TextClause)
def write_text(w: Writer, clause: TextClause) -> None:
    """Write text, with placeholders for its parameters."""
    pieces, names = split_text(clause.text)
    binds = {bind.key or bind.hint: bind for bind in clause.binds}
    w.safe(pieces[0])
    for name, piece in zip(names, pieces[1:], strict=True):
        w.write(binds[name])
        w.safe(piece)


@ansi(TString)
def write_tstring(w: Writer, template: TString) -> None:
    """Write the parts; a statement among them stands in parentheses, unless it is text as well."""
    for part in template.parts:
        if part.is_executable and not isinstance(part, WrittenSQL):
            w.text("(")
            w.write(part)
            w.text(")")
        else:
            w.write(part)
