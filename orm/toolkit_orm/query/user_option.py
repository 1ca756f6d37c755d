"""Options of users' own that travel with a statement, for listeners to find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class UserDefinedOption:
    """The base of options that mean nothing to a statement, and something to listeners.

    With ``propagate_to_loaders`` statements that load more for the objects have it, too.
    """

    propagate_to_loaders = False

    def __init__(self, payload: Any = None) -> None:
        self.payload = payload

    # It is no part of what a statement says: all of a class are alike for its cache.
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


def propagated(options: Iterable[Any]) -> tuple[UserDefinedOption, ...]:
    """Return those that statements have, too, which load more for the objects."""
    return tuple(
        [one for one in options if isinstance(one, UserDefinedOption) and one.propagate_to_loaders]
    )
