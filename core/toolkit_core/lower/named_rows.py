"""Rows of values in FROM, with the names that they and their columns go by."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, child, declared, value


@declared
class NamedRows(Node):
    """``(VALUES …) AS name (columns)``; without a name only the rows."""

    visit_name = "named_rows"

    values: Any = child()
    name: str | None = value(default=None)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.values.told_columns]
