"""Making plain nodes of a statement in which others stand for them."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, NodeMeta
from toolkit_core.plugins import load_object


def lowered(statement: Any) -> Any:
    """Return a statement of plain nodes; nodes of a higher room say what makes it of theirs."""
    if not NodeMeta.lowerings or not isinstance(statement, Node):
        return statement
    path = statement.structure().lowering
    return statement if path is None else load_object(path)(statement)
