"""Leaving out rows that are the same in some columns."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, children, declared


@declared
class DistinctOn(Node):
    """``DISTINCT ON (columns)``."""

    visit_name = "distinct_on"

    columns: tuple[Any, ...] = children()
