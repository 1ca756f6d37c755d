"""Moments in time that are the same on every database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit_core.types.decorator import TypeDecorator
from toolkit_core.types.interval import Interval
from toolkit_core.types.table import TypeDialect
from toolkit_core.types.temporal import DateTime
from toolkit_core.types.type_engine import TypeEngine


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: an aware ``datetime``, stored as UTC and returned in UTC on every database.

    A naive one is refused, since nobody can tell which moment it means.
    """

    cache_ok = True

    def __init__(self) -> None:
        self.impl = DateTime(timezone=True)

    @property
    def python_type(self) -> type[Any]:
        """``datetime.datetime``."""
        return dt.datetime

    def process_bind_param(self, value: Any, dialect: TypeDialect) -> Any:
        """Convert to UTC."""
        if value is None:
            return None
        if not isinstance(value, dt.datetime):
            raise TypeError(f"UtcDateTime takes aware datetime objects, not {value!r}")
        if value.utcoffset() is None:
            raise ValueError(
                f"UtcDateTime takes aware datetime objects, and {value!r} is naive: give it a "
                "tzinfo, as datetime.now(timezone.utc) does"
            )
        return value.astimezone(dt.timezone.utc)

    def process_result_value(self, value: Any, dialect: TypeDialect) -> Any:
        """Return it in UTC, also where the database keeps no zone."""
        if value is None:
            return None
        utc = dt.timezone.utc
        return value.replace(tzinfo=utc) if value.tzinfo is None else value.astimezone(utc)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return a span for a span, else itself."""
        return Interval() if isinstance(value, dt.timedelta) else self

    def __repr__(self) -> str:
        return "UtcDateTime()"
