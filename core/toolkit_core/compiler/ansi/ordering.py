"""Writing ORDER BY and GROUP BY: what is selected is named there by its label."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.columns import found_name
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.frame import Frame
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression import operators
from toolkit_core.expression.binary import UnaryExpression
from toolkit_core.expression.columns import ColumnClause
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.label_reference import LabelReference
from toolkit_core.expression.labels import Label
from toolkit_core.expression.select_base import GenerativeSelect
from toolkit_core.lower.nulls_order import NullsOrder, nulls_order


def write_ordering(w: Writer, select: GenerativeSelect) -> None:
    """Write ORDER BY."""
    w.text(" ORDER BY ")
    write_items(w, select.ordering, labels=True)


def write_grouping(w: Writer, select: GenerativeSelect) -> None:
    """Write GROUP BY: not every database knows labels there, so it names expressions anew."""
    w.text(" GROUP BY ")
    write_items(w, select.grouping, labels=False)


def write_items(w: Writer, items: tuple[Any, ...], *, labels: bool) -> None:
    """Write what rows are ordered or grouped by."""
    for position, item in enumerate(items):
        if position:
            w.text(", ")
        write_item(w, item, labels=labels)


def write_item(w: Writer, item: Any, *, labels: bool) -> None:
    """Write one of them: a label that is selected by its name, anything else as it is."""
    if isinstance(item, UnaryExpression) and item.operator.after:
        said = nulls_order(item, labels=labels)
        if said is not None:
            w.write(said)
            return
        if _ends_in_label(item):
            write_item(w, item.element, labels=labels)
            w.text(item.operator.text)
            return
    elif isinstance(item, Label):
        name = _label_of(w, item) if labels else None
        if name is not None:
            w.name(name)
            return
    elif isinstance(item, LabelReference):
        w.write(item)
        return
    w.operand(item, operators.LISTED)


@ansi(NullsOrder)
def write_nulls_order(w: Writer, order: NullsOrder) -> None:
    """Write an item of an order, and where NULLs stand."""
    write_ordered(w, order.item, order.labels)
    w.text(" NULLS FIRST" if order.first else " NULLS LAST")


def write_ordered(w: Writer, item: Any, labels: bool | None) -> None:
    """Write what rows are ordered by, with or without its direction."""
    if isinstance(item, UnaryExpression) and item.operator.after:
        if labels is None:
            w.write(item)
        else:
            write_item(w, item, labels=labels)
    elif labels is None or not isinstance(item, (Label, LabelReference)):
        w.operand(item, operators.EVERYTHING)
    else:
        write_item(w, item, labels=labels)


def _ends_in_label(item: Any) -> bool:
    while isinstance(item, UnaryExpression) and item.operator.after:
        item = item.element
    return isinstance(item, (Label, LabelReference))


def _label_of(w: Writer, label: Label[Any]) -> str | None:
    """Return the name by which a label's expression is selected; None if it is not."""
    if not w.frames:
        return None
    for one in w.frames[-1].named:
        other = one.column
        if other is label or (
            isinstance(other, Label)
            and other.element is label.element
            and other.name == label.name is not None
        ):
            return one.name if isinstance(one.name, str) else found_name(w, one.name)
    return None


@ansi(LabelReference)
def write_reference(w: Writer, reference: LabelReference) -> None:
    """Write what a name means: a label or column that is selected, a column that is read."""
    text = reference.text
    if not w.frames:
        w.name(text)
        return
    frame = w.frames[-1]
    found = _selected(frame, text)
    if found is None:
        found = _read(frame, text)
    if found is None:
        raise CompileError(
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL "
            f"expression {text!r} should be explicitly declared as text({text!r})",
            hint=_there(frame),
        )
    if isinstance(found, str):
        w.name(found)
    else:
        w.write(found)


def _selected(frame: Frame, text: str) -> Any:
    """Return the label, by its name, or the column of that name that is selected."""
    found = None
    for one in frame.named:
        column = one.column
        if isinstance(column, Label):
            if column.name == text:
                return text
        elif one.plain and text in (column.name, column.key, one.name):
            if isinstance(column, ColumnClause) and column.table is None:
                return text
            found = column
    return found


def _read(frame: Frame, text: str) -> Any:
    """Return the column of that name of something that is read from."""
    for source in frame.sources:
        for member in members(source):
            columns = () if isinstance(member, Join) else getattr(member, "c", ())
            for column in columns:
                if text in (column.key, column.name):
                    return column
    return None


def _there(frame: Frame) -> str:
    names = [one.key for one in frame.named if one.key is not None]
    return f"it selects {', '.join(names) or 'nothing with a name'}"
