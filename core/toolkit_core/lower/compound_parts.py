"""Which statements of a set stand in parentheses."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.compound import CompoundSelect
from toolkit_core.expression.node import Node, child, declared
from toolkit_core.expression.select_base import GenerativeSelect


@declared
class PartInParentheses(Node):
    """A statement of a set that has an order, a number of rows or parts of its own."""

    visit_name = "part_in_parentheses"

    statement: Any = child()


def in_parts(compound: CompoundSelect) -> list[Any]:
    """Return the statements of a set, those in parentheses told apart."""
    alone = len(compound.selects) == 1
    return [
        PartInParentheses(part) if not alone and _stands_apart(part) else part
        for part in compound.selects
    ]


def _stands_apart(part: Any) -> bool:
    if isinstance(part, CompoundSelect):
        return True
    return isinstance(part, GenerativeSelect) and (
        bool(part.ordering)
        or part.row_limit is not None
        or part.row_offset is not None
        or part.row_fetch is not None
    )
