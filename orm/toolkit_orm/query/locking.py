"""``with_for_update`` as methods of a session take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError


def locked(statement: Any, lock: Any) -> Any:
    """Return a SELECT that locks its rows, as was said: True, or a dictionary of options."""
    if lock is None or lock is False:
        return statement
    if lock is True:
        return statement.with_for_update()
    if not isinstance(lock, Mapping):
        raise ArgumentError(
            f"with_for_update is True or a dictionary of options, not {type(lock).__name__}",
            hint="{'nowait': True}: what Select.with_for_update() takes",
        )
    if not lock:
        raise ArgumentError(
            "with_for_update should be the boolean value True, or a dictionary with options.  A "
            "blank dictionary is ambiguous."
        )
    return statement.with_for_update(**lock)
