"""The comparisons of which a join condition is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.functions import FunctionAsBinary
from toolkit_core.expression.node import Node
from toolkit_core.expression.params import BindParameter
from toolkit_core.schema import Column


def comparisons(condition: Any) -> Iterator[Any]:
    """Yield the comparisons in a condition, the inner ones before what they are in."""
    if isinstance(condition, (Column, BindParameter)):
        return
    for child in condition.child_nodes():
        yield from comparisons(child)
    if isinstance(condition, (BinaryExpression, FunctionAsBinary)):
        yield condition


def nodes_in(node: Node) -> Iterator[Node]:
    """Yield a node and all that is in it."""
    yield node
    if not isinstance(node, Column):
        for child in node.child_nodes():
            yield from nodes_in(child)
