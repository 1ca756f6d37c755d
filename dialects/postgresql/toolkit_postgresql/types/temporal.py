"""Dates, times, and spans of time.

https://www.postgresql.org/docs/current/datatype-datetime.html
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit_core.dialect.types import (
    TIME as STANDARD_TIME,
)
from toolkit_core.dialect.types import (
    TIMESTAMP as STANDARD_TIMESTAMP,
)
from toolkit_core.dialect.types import (
    Date,
    DateTime,
    Interval,
    OperatorClass,
    Processor,
    Time,
    TypeDialect,
    TypeEngine,
    Writes,
    generic,
)
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class TIMESTAMP(STANDARD_TIMESTAMP):
    """PostgreSQL's ``TIMESTAMP``, with so many digits of a second.

    >>> TIMESTAMP(timezone=True, precision=3)
    TIMESTAMP(timezone=True, precision=3)
    """

    precision: int | None = None

    def __init__(self, timezone: bool = False, precision: int | None = None) -> None:
        super().__init__(timezone)
        if precision is not None:
            self.precision = precision


class TIME(STANDARD_TIME):
    """PostgreSQL's ``TIME``, with so many digits of a second."""

    precision: int | None = None

    def __init__(self, timezone: bool = False, precision: int | None = None) -> None:
        super().__init__(timezone)
        if precision is not None:
            self.precision = precision


class INTERVAL(TypeEngine[dt.timedelta]):
    """PostgreSQL's ``INTERVAL``: of these ``fields`` only, with so many digits of a second.

    >>> INTERVAL(fields="DAY TO SECOND", precision=3)
    INTERVAL(precision=3, fields='DAY TO SECOND')
    """

    visit_name = "INTERVAL"
    family = Interval
    operator_classes = OperatorClass.DATETIME

    native = True
    precision: int | None = None
    fields: str | None = None

    def __init__(self, precision: int | None = None, fields: str | None = None) -> None:
        if precision is not None:
            self.precision = precision
        if fields is not None:
            self.fields = fields

    @property
    def python_type(self) -> type[Any]:
        """``datetime.timedelta``."""
        return dt.timedelta

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return the portable type."""
        return Interval(native=True, second_precision=self.precision)


def is_native(type_: Interval) -> bool:
    """Tell whether a span is stored as one, rather than as a moment."""
    return type_.native


@postgresql_types.bind(Interval)
def bind_interval(type_: Interval, dialect: TypeDialect) -> Processor | None:
    """Let the driver send it, unless it is to be a moment."""
    if is_native(type_):
        return None
    found = generic.bind.find(Interval)
    return None if found is None else found(type_, dialect)


@postgresql_types.result(Interval)
def read_interval(type_: Interval, dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Take what the driver gives, unless it is a moment."""
    if is_native(type_):
        return None
    found = generic.result.find(Interval)
    return None if found is None else found(type_, dialect, coltype)


@postgresql_types.literal(Interval)
def write_interval(type_: Interval, dialect: TypeDialect) -> Writes | None:
    """Write the span, or the moment."""
    if is_native(type_):
        return span
    found = generic.literal.find(Interval)
    return None if found is None else found(type_, dialect)


@postgresql_types.literal(INTERVAL)
def write_own_interval(type_: INTERVAL, dialect: TypeDialect) -> Writes:
    """Write the span."""
    return span


def span(value: Any) -> str:
    """Write a span: days and seconds apart, as the drivers send them.

    https://www.postgresql.org/docs/current/functions-datetime.html

    >>> span(dt.timedelta(days=1, microseconds=-1))
    'make_interval(days=>0, secs=>86399.999999)'
    """
    if not isinstance(value, dt.timedelta):
        raise TypeError(f"timedelta is expected, not {type(value).__name__}")
    return f"make_interval(days=>{value.days}, secs=>{value.seconds}.{value.microseconds:06d})"


def _iso(expected: type[Any]) -> Any:
    def text(value: Any) -> str:
        if not isinstance(value, expected):
            raise TypeError(f"{expected.__name__} is expected, not {type(value).__name__}")
        found: str = value.isoformat()
        return found.replace("T", " ")

    return text


@postgresql_types.literal(Date)
def write_date(type_: Date, dialect: TypeDialect) -> Writes:
    """Write a date."""
    return typed("DATE", dialect, _iso(dt.date))


@postgresql_types.literal(DateTime, Time)
def write_time(type_: DateTime | Time, dialect: TypeDialect) -> Writes:
    """Write a time, or a date with a time, with or without its zone."""
    name = "TIMESTAMP" if isinstance(type_, DateTime) else "TIME"
    zone = "WITH" if type_.timezone else "WITHOUT"
    return typed(f"{name} {zone} TIME ZONE", dialect, _iso(type_.python_type))
