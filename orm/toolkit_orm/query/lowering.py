"""From statements about classes to statements about tables."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.labels import Label
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select
from toolkit_orm.instrument.attribute import InstrumentedAttribute
from toolkit_orm.mapping.entity import Entity


def lowered(statement: Node) -> Node:
    """Return the statement with tables for classes, and columns for attributes.

    It is worked out once for all statements of the same structure; values stay the very leaves
    that they are, so they are read off the statement that was given.
    """
    return Lowering().node(statement)


class Lowering:
    """One statement on its way: a node that comes again becomes the same again."""

    def __init__(self) -> None:
        self.made: dict[int, Node] = {}

    def node(self, node: Node) -> Node:
        """Return what stands for a node."""
        if node.structure().lowering is None:
            return node
        found = self.made.get(id(node))
        if found is None:
            found = self.made[id(node)] = self._made(node)
        return found

    def _made(self, node: Any) -> Any:
        if isinstance(node, InstrumentedAttribute):
            return self.node(node.element)
        if isinstance(node, Entity):
            return node.selectable
        if isinstance(node, Select):
            return self._select(node)
        return node.rewritten(self.node)

    def _select(self, select: Select[Any]) -> Select[Any]:
        columns = [
            self._selected(one)
            for raw in select.raw_columns
            for one in (raw.c if isinstance(raw, Entity) else (raw,))
        ]
        plain = select.but(raw_columns=tuple(columns))
        return plain.rewritten(self.node)

    def _selected(self, found: Any) -> Any:
        """Return a column that is selected, under the name of its attribute."""
        if not isinstance(found, InstrumentedAttribute):
            return found
        column = found.element
        return column if column.name == found.key else Label(found.key, column, column.type)
