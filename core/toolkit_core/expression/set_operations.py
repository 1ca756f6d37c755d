"""Putting the rows of statements together: the methods of a SELECT that do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.node import Node

if TYPE_CHECKING:
    from toolkit_core.expression.compound import CompoundSelect


class HasSetOperations(Node):
    """A SELECT, to whose rows those of others can be added, or from which taken away."""

    def union(self, *other: Any) -> CompoundSelect:
        """Return the rows of this and of others, each once."""
        return MAKERS.compound("UNION", (self, *other))

    def union_all(self, *other: Any) -> CompoundSelect:
        """Return the rows of this and of others."""
        return MAKERS.compound("UNION ALL", (self, *other))

    def intersect(self, *other: Any) -> CompoundSelect:
        """Return the rows that all have, each once."""
        return MAKERS.compound("INTERSECT", (self, *other))

    def intersect_all(self, *other: Any) -> CompoundSelect:
        """Return the rows that all have, as often as all have them."""
        return MAKERS.compound("INTERSECT ALL", (self, *other))

    def except_(self, *other: Any) -> CompoundSelect:
        """Return the rows that the others do not have, each once."""
        return MAKERS.compound("EXCEPT", (self, *other))

    def except_all(self, *other: Any) -> CompoundSelect:
        """Return the rows that the others do not have, as often as this has them more."""
        return MAKERS.compound("EXCEPT ALL", (self, *other))
