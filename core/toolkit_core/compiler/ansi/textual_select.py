"""Writing text that returns rows."""

from __future__ import annotations

from toolkit_core.compiler.ansi.cte import write_added_ctes, write_ctes
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.frame import Frame, Place
from toolkit_core.compiler.writer import ResultColumn, Writer
from toolkit_core.expression.from_statement import FromStatement
from toolkit_core.expression.textual_select import TextualSelect


@ansi(TextualSelect)
def write_textual_select(w: Writer, select: TextualSelect) -> None:
    """Write the text; its columns are those that it was told to have."""
    place = w.place
    frame = Frame([], select.named_columns(), len(w.out), transparent=True)
    w.frames.append(frame)
    w.place = Place.EXPRESSION
    write_added_ctes(w, select)
    w.write(select.element)
    if place is Place.TOP:
        for column in select.column_args:
            # By its place it has the name that the text gives it.
            name = None if select.positional else column.name
            w.result.append(ResultColumn(name, (column,), column.type, by_name=name is not None))
    w.frames.pop()
    write_ctes(w, frame)


@ansi(FromStatement)
def write_from_statement(w: Writer, statement: FromStatement) -> None:
    """Write the statement that was given; what is taken from its rows is not the SQL's business."""
    w.write(statement.element)
