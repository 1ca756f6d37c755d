"""Operators that only PostgreSQL has: how strongly they bind, and what they give."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.expressions import custom_op
from toolkit_core.dialect.types import Boolean

_COMPARING = 5
_BOOLEAN = Boolean()


def comparing(text: str) -> custom_op:
    """Return an operator that is true or false."""
    return custom_op(text, precedence=_COMPARING, is_comparison=True, return_type=_BOOLEAN)


def giving(text: str, type_: Any = None) -> custom_op:
    """Return an operator of a type, or of that of its left side."""
    return custom_op(text, precedence=_COMPARING, return_type=type_)
