"""``with_for_update`` as methods of a session take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError


def lock_options(given: Any) -> Mapping[str, Any] | None:
    """Return the options of ``Select.with_for_update()``; None where no row is locked."""
    if given is None or given is False:
        return None
    if given is True:
        return {}
    if not isinstance(given, Mapping):
        raise ArgumentError(
            f"with_for_update is True or a dictionary of options, not {type(given).__name__}",
            hint="{'nowait': True}: what Select.with_for_update() takes",
        )
    if not given:
        raise ArgumentError(
            "with_for_update should be the boolean value True, or a dictionary with options.  A "
            "blank dictionary is ambiguous."
        )
    return given
