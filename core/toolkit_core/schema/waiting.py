"""Foreign keys whose column takes its type from a table that is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData


def settle(metadata: MetaData, key: str) -> None:
    """Resolve what waits for a table, or for the types of its columns."""
    waiting: list[Any] | None = metadata._waiting.pop(key, None)
    if waiting:
        left = [one for one in waiting if not one._try_resolving()]
        if left:
            metadata._waiting.setdefault(key, []).extend(left)
