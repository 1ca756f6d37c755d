"""Rows that repeat an object for each of those in a collection that is joined to it."""

from __future__ import annotations

from typing import Any


def made_unique(result: Any) -> Any:
    """Return a result without the rows that repeat an object, if there are any."""
    return result.unique() if getattr(result._shapes, "repeats", False) else result
