"""Writing sets of statements."""

from __future__ import annotations

from toolkit_core.compiler.ansi.cte import write_added_ctes, write_ctes
from toolkit_core.compiler.ansi.limit import write_limits
from toolkit_core.compiler.ansi.ordering import write_grouping, write_ordering
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.frame import Frame, Place
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.compound import CompoundSelect
from toolkit_core.expression.select_base import GenerativeSelect, SelectBase
from toolkit_core.lower.compound_parts import PartInParentheses, in_parts


@ansi(CompoundSelect)
def write_compound(w: Writer, compound: CompoundSelect) -> None:
    """Write statements, with the word between them that says what becomes of their rows."""
    check_widths(compound)
    place = w.place
    frame = Frame([], compound.named_columns(), len(w.out), transparent=True)
    w.frames.append(frame)
    write_added_ctes(w, compound)
    for position, part in enumerate(in_parts(compound)):
        if position:
            w.text(f" {compound.keyword} ")
        w.place = place
        if position:
            # The first one tells what the columns of the result are.
            result, w.result = w.result, []
            w.write(part)
            w.result = result
        else:
            w.write(part)
    w.place = Place.EXPRESSION
    write_rest(w, compound)
    w.frames.pop()
    write_ctes(w, frame)


def write_rest(w: Writer, compound: GenerativeSelect) -> None:
    """Write what comes behind the statements: it knows their columns by name only."""
    bare, w.bare = w.bare, True
    if compound.grouping:
        write_grouping(w, compound)
    if compound.ordering:
        write_ordering(w, compound)
    w.bare = bare
    write_limits(w, compound)
    if compound.locking is not None:
        w.write(compound.locking)


def check_widths(compound: CompoundSelect) -> None:
    """Refuse statements whose rows are not equally wide."""
    widths = [_width(part) for part in compound.selects]
    for number, width in enumerate(widths[1:], 2):
        if width != widths[0]:
            raise CompileError(
                "All selectables passed to CompoundSelect must have identical numbers of columns; "
                f"select #1 has {widths[0]} columns, select #{number} has {width}"
            )


def _width(part: SelectBase) -> int:
    return len(part.named_columns())


@ansi(PartInParentheses)
def write_part(w: Writer, part: PartInParentheses) -> None:
    """Write a statement in parentheses."""
    w.text("(")
    w.write(part.statement)
    w.text(")")
