"""A key as one expression, which IN compares with several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.expression.elements import tuple_


def key_expression(columns: Sequence[Any]) -> Any:
    """Return the column of a key, or all of them as one value.

    >>> from toolkit_core.expression.elements import column
    >>> str(key_expression([column("a")])), str(key_expression([column("a"), column("b")]))
    ('a', '(a, b)')
    """
    return columns[0] if len(columns) == 1 else tuple_(*columns)
