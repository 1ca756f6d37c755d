"""Text that returns rows, with the columns that it is told to have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import as_column
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.columns import column
from toolkit_core.expression.node import child, children, declared, value
from toolkit_core.expression.select_base import SelectBase
from toolkit_core.expression.selected import Selected
from toolkit_core.newer_typing import Self


@declared
class TextualSelect(SelectBase):
    """What ``text("…").columns(…)`` makes: a statement that others can be made of.

    ``positional`` tells that the columns are those of the text in their order, whatever the
    text calls them.
    """

    visit_name = "textual_select"

    element: Any = child()
    column_args: tuple[Any, ...] = children()
    positional: bool = value(default=False, kw_only=True)

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns that were told."""
        return ColumnCollection((column.key, column) for column in self.column_args)

    def named_columns(self) -> list[Selected]:
        """Return the columns with their names in the text."""
        return [Selected(column, column.key, column.name) for column in self.column_args]

    def bindparams(self, *binds: Any, **bind_as_values: Any) -> Self:
        """Give values, or types, to parameters of the text."""
        return self.but(element=self.element.bindparams(*binds, **bind_as_values))


def textual_select(
    element: Any, columns: tuple[Any, ...], types: Mapping[str, Any]
) -> TextualSelect:
    """Return text with columns: those that are given in the order of the text, others by name."""
    given = [as_column(one) for one in columns]
    by_name = {one.key: one for one in given}
    named = [by_name.get(name, column(name, type_)) for name, type_ in types.items()]
    known = [one for one in given if one.key not in types]
    for one in (*known, *named):
        if one.key is None:
            raise ArgumentError(f"columns() takes columns with names, not {one!r}")
    return TextualSelect(
        element=element, column_args=(*known, *named), positional=bool(columns) and not types
    )


# Under the name that it once had.
TextAsFrom = TextualSelect
