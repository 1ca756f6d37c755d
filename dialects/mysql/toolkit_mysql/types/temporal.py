"""Dates and times, with fractions of seconds where they are asked for.

https://dev.mysql.com/doc/refman/9.0/en/date-and-time-types.html
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit_core.dialect.types import (
    DateTime,
    Processor,
    Time,
    TypeDialect,
    TypeEngine,
    Writes,
    text_literal,
)
from toolkit_mysql.types.table import mysql_types


class DATETIME(DateTime):
    """MySQL's ``DATETIME``; ``fsp`` is the number of digits that seconds have after the point.

    >>> DATETIME(fsp=6)
    DATETIME(fsp=6)
    """

    visit_name = "DATETIME"

    fsp: int | None = None

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        if fsp is not None:
            self.fsp = fsp


class TIMESTAMP(DateTime):
    """MySQL's ``TIMESTAMP``, stored as UTC and shown in the connection's time zone."""

    visit_name = "TIMESTAMP"

    fsp: int | None = None

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        if fsp is not None:
            self.fsp = fsp


class TIME(Time):
    """MySQL's ``TIME``."""

    visit_name = "TIME"

    fsp: int | None = None

    def __init__(self, timezone: bool = False, fsp: int | None = None) -> None:
        super().__init__(timezone)
        if fsp is not None:
            self.fsp = fsp


class YEAR(TypeEngine[int]):
    """MySQL's ``YEAR``: 1901 to 2155."""

    visit_name = "YEAR"

    display_width: int | None = None

    def __init__(self, display_width: int | None = None) -> None:
        if display_width is not None:
            self.display_width = display_width

    @property
    def python_type(self) -> type[Any]:
        """``int``."""
        return int


@mysql_types.literal(YEAR)
def write_year(type_: YEAR, dialect: TypeDialect) -> Writes:
    """Write the digits."""
    return lambda value: str(int(value))


@mysql_types.bind(Time)
def bind_time(type_: Time, dialect: TypeDialect) -> Processor:
    """Send text, which all drivers send alike."""

    def convert(value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.time) else value

    return convert


@mysql_types.result(Time)
def read_time(type_: Time, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a time of day of the span that the drivers give.

    A TIME may be more than a day, or less than nothing, which is no time of day: it stays a span.
    """
    day = dt.timedelta(days=1)
    midnight = dt.datetime(1, 1, 1)  # noqa: DTZ001 - no zone, as a TIME has none

    def convert(value: Any) -> Any:
        if isinstance(value, dt.timedelta) and dt.timedelta() <= value < day:
            return (midnight + value).time()
        return value

    return convert


@mysql_types.literal(Time)
def write_time(type_: Time, dialect: TypeDialect) -> Writes:
    """Write the time in quotes."""
    write = text_literal(dialect)

    def literal(value: Any) -> str:
        if not isinstance(value, dt.time):
            raise TypeError(f"time is expected, not {type(value).__name__}")
        return write(value.isoformat())

    return literal
