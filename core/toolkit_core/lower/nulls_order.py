"""Where NULLs stand in an order."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import UnaryExpression
from toolkit_core.expression.node import Node, child, declared, value


@declared
class NullsOrder(Node):
    """An item of an order that says whether NULLs come first or last."""

    visit_name = "nulls_order"

    # What rows are ordered by, with its direction.
    item: Any = child()
    first: bool = value()
    # Whether a label that is selected is written by its name; None: not in ORDER BY of a SELECT.
    labels: bool | None = value(default=None)

    @property
    def ordered(self) -> Any:
        """What rows are ordered by, without its direction."""
        found = self.item
        while isinstance(found, UnaryExpression) and found.operator in (op.asc_op, op.desc_op):
            found = found.element
        return found


def nulls_order(unary: UnaryExpression[Any], *, labels: bool | None = None) -> NullsOrder | None:
    """Return what an expression says about NULLs; None if it says nothing.

    >>> from toolkit_core.expression.elements import column
    >>> nulls_order(column("x").desc().nulls_last()).first
    False
    """
    if unary.operator not in (op.nulls_first_op, op.nulls_last_op):
        return None
    return NullsOrder(unary.element, unary.operator is op.nulls_first_op, labels)
