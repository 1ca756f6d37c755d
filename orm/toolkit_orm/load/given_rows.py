"""The rows of a statement that is given as it is: where a column is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.compiler.processors import result_processor
from toolkit_core.expression.selected import selected_by


class GivenRows:
    """The names that rows have and, where the statement says them, the columns they are of."""

    __slots__ = ("columns", "found", "names")

    def __init__(self, names: Sequence[str], statement: Any) -> None:
        self.names = list(names)
        told = _columns(statement)
        self.columns: list[Any] = told if len(told) == len(self.names) else []
        # The columns that were asked for, by place.
        self.found: list[Any] = [None] * len(self.names)

    def place(self, key: str, *columns: Any) -> int | None:
        """Return where the first of some columns is, by what it is or else by its name."""
        for column in columns:
            place = self._of(column)
            if place is not None:
                break
        else:
            column = columns[0]
            place = self._named(key, column)
        if place is not None:
            self.found[place] = column
        return place

    def _of(self, column: Any) -> int | None:
        """Return where a column is, or what comes from it: a label, a subquery's column."""
        for place, one in enumerate(self.columns):
            if one is column:
                return place
        for place, one in enumerate(self.columns):
            if column in getattr(one, "proxy_set", ()):
                return place
        return None

    def _named(self, key: str, column: Any) -> int | None:
        table = getattr(column, "table", None)
        name = getattr(column, "name", None)
        for wanted in (name, f"{getattr(table, 'name', None)}_{name}", key):
            for place, there in enumerate(self.names):
                if there == wanted and not self._is_of_other(place, table):
                    return place
        return None

    def _is_of_other(self, place: int, table: Any) -> bool:
        """Tell whether a column is known to be another one of a table."""
        known = getattr(self.columns[place], "table", None) if self.columns else None
        return hasattr(known, "metadata") and hasattr(table, "metadata")

    def processors(self, dialect: Any) -> list[Any]:
        """Return what processes the values of the columns that were asked for."""
        return [
            None if column is None else result_processor(column.type, dialect)
            for column in self.found
        ]


def _columns(statement: Any) -> list[Any]:
    """Return the columns of a plain statement in the order of its rows, as far as it tells."""
    if statement.visit_name == "textual_select":
        return list(statement.column_args) if statement.positional else []
    first = statement
    while getattr(first, "selects", None):
        first = first.selects[0]
    return list(selected_by(getattr(first, "raw_columns", ())))
