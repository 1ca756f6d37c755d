"""What a change of an attribute began with, as listeners and ``AttributeEvents`` are told."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Operation(Enum):
    """What was done to an attribute."""

    APPEND = "APPEND"
    REMOVE = "REMOVE"
    REPLACE = "REPLACE"
    BULK_REPLACE = "BULK_REPLACE"
    MODIFIED = "MODIFIED"


OP_APPEND = Operation.APPEND
OP_REMOVE = Operation.REMOVE
OP_REPLACE = Operation.REPLACE
OP_BULK_REPLACE = Operation.BULK_REPLACE
OP_MODIFIED = Operation.MODIFIED


class EventConstants(Enum):
    """What listeners are told in place of something that there is not."""

    NO_KEY = 4

    def __repr__(self) -> str:
        return "<EventConstants.NO_KEY: 4>"


# In place of the key of a change in a collection: it has none.
NO_KEY = EventConstants.NO_KEY


class AttributeEventToken:
    """The attribute that a change began with, and what was done to it.

    When one side of a relationship has changed and the other follows, both tell the same.
    """

    __slots__ = ("key", "op", "parent", "place")

    # With what keyword listeners with ``include_key=True`` are told where in a collection it was.
    place: dict[str, Any]

    def __init__(self, parent: Any, key: str, op: Operation) -> None:
        self.parent = parent
        self.key = key
        self.op = op
        self.place = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AttributeEventToken) and (self.parent, self.key, self.op) == (
            other.parent,
            other.key,
            other.op,
        )

    def __hash__(self) -> int:
        return hash((self.parent, self.key, self.op))

    def __repr__(self) -> str:
        return f"<AttributeEventToken {self.parent.class_.__name__}.{self.key} {self.op.name}>"


def listeners(instance: Any, key: str, event: str) -> tuple[Any, ...]:
    """Return who listens to an event of an attribute of an object's class."""
    known = type(instance).__mapper__.__dict__.get("attribute_events")
    dispatch = None if known is None else known.get(key)
    return () if dispatch is None else getattr(dispatch, event)
