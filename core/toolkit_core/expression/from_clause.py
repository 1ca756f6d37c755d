"""What a SELECT may read from."""

from __future__ import annotations

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.node import Node

__all__ = ["ColumnCollection", "FromClause", "Named"]


class Named:
    """What every source has, be it a field of its class or not."""

    name: str | None = None


class FromClause(Named, Node):
    """Something with columns."""

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        raise NotImplementedError

    @property
    def columns(self) -> ColumnCollection:
        """The columns."""
        return self.c
