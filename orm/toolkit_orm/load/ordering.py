"""The order of what is related: by columns of its class, or of the table between."""

from __future__ import annotations

from typing import Any

from toolkit_core.schema import Column
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.sides import adapted


def ordered_by(prop: Any, far: Any, table: Any) -> list[Any]:
    """Return a relationship's order, said of what its objects are read from.

    ``table`` is what the table between is read as; None: under its own name.
    """
    found = list(prop.order_by or ())
    if isinstance(far, AliasedEntity):
        found = [adapted(one, far) for one in found]
    if table is None or prop.secondary is None or table is prop.secondary:
        return found
    between = prop.secondary.c

    def change(node: Any) -> Any:
        column = node.element if isinstance(node, ColumnAttribute) else node
        if isinstance(column, Column):
            known = between.contains_column(column)
            return table.corresponding_column(column) if known else node
        return node if hasattr(node, "source") else node.rewritten(change)

    return [change(one) for one in found]
