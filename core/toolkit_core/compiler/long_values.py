"""Which values of a statement may be long, so that not too many of them become one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.types import (
    Boolean,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Interval,
    Numeric,
    String,
    Time,
    Uuid,
)

_SHORT = (Boolean, Date, DateTime, Enum, Float, Integer, Interval, Numeric, Time, Uuid)
# A thousand rows of that are no matter to any server.
_LENGTH = 1_000


def long_places(types: Iterable[tuple[Any, Any]]) -> tuple[Any, ...]:
    """Return the places, of places with types, whose values may be long.

    >>> long_places([(0, Integer()), (1, String(50)), (2, String())])
    (2,)
    """
    return tuple(dict.fromkeys(place for place, type_ in types if _may_be_long(type_)))


def _may_be_long(type_: Any) -> bool:
    if isinstance(type_, _SHORT):
        return False
    return not (isinstance(type_, String) and 0 < (type_.length or 0) <= _LENGTH)
