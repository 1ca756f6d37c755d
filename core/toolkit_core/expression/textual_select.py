"""Text that returns rows, with the columns that it is told to have."""

from __future__ import annotations

from typing import Any

from typing_extensions import Self

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.node import child, children, value
from toolkit_core.expression.select_base import SelectBase
from toolkit_core.expression.source_column import Exported


class TextualSelect(SelectBase):
    """What ``text("…").columns(…)`` makes: a statement that others can be made of.

    ``positional`` tells that the columns are those of the text in their order, whatever the
    text calls them.
    """

    visit_name = "textual_select"

    element: Any = child()
    column_args: tuple[Any, ...] = children()
    positional: bool = value(default=False)

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns that were told."""
        return ColumnCollection((column.key, column) for column in self.column_args)

    def exported(self) -> list[Exported]:
        """Return the columns as a source made of the statement has them."""
        return [Exported(column, column.key, column.name) for column in self.column_args]

    def bindparams(self, *binds: Any, **bind_as_values: Any) -> Self:
        """Give values, or types, to parameters of the text."""
        return self.but(element=self.element.bindparams(*binds, **bind_as_values))


def textual_select(element: Any, columns: tuple[Any, ...], typed: list[Any]) -> TextualSelect:
    """Return text with columns: first those in the order of the text, then those by name."""
    return TextualSelect(
        element=element, column_args=(*columns, *typed), positional=bool(columns) and not typed
    )
