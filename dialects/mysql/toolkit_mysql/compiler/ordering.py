"""Where NULLs stand in an order: MySQL has no words for it.

https://dev.mysql.com/doc/refman/9.0/en/working-with-null.html
"""

from __future__ import annotations

from toolkit_core.compiler.ansi.ordering import write_item, write_ordered
from toolkit_core.compiler.expression_nodes import operators
from toolkit_core.compiler.select_nodes import NullsOrder
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mysql


@mysql(NullsOrder)
def write_nulls_order(w: Writer, order: NullsOrder) -> None:
    """Order by whether it is NULL before ordering by what it is."""
    if order.labels is None or order.ordered.visit_name == "label":
        # By the expression: MariaDB does not know the label of an aggregate in another one.
        w.operand(order.ordered, operators.COMPARING)
    else:
        write_item(w, order.ordered, labels=order.labels)
    w.text(" IS NOT NULL, " if order.first else " IS NULL, ")
    if order.item is order.ordered and order.labels is not None:
        write_item(w, order.item, labels=order.labels)
    elif order.item is order.ordered:
        w.operand(order.item, operators.LISTED)
    else:
        write_ordered(w, order.item, order.labels)
