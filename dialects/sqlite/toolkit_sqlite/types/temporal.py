"""Dates and times, which SQLite stores as text in the order of ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from toolkit_core.dialect import SAWarning, warn
from toolkit_core.dialect.types import (
    Date,
    DateTime,
    Processor,
    Time,
    TypeDialect,
    TypeEngine,
    Writes,
    text_literal,
)
from toolkit_sqlite.types.table import sqlite_types

_DATE = "%(year)04d-%(month)02d-%(day)02d"
_SECONDS = "%(hour)02d:%(minute)02d:%(second)02d"
_NO_TIME = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}


class Stored:
    """What the three have in common: how they are written, and how they are read."""

    storage_format: str | None = None
    regexp: str | re.Pattern[str] | None = None
    truncate_microseconds: bool = False

    def _store(
        self,
        storage_format: str | None,
        regexp: str | re.Pattern[str] | None,
        truncate_microseconds: bool = False,
    ) -> None:
        if truncate_microseconds and (storage_format or regexp):
            raise AssertionError(
                "You can specify only one of truncate_microseconds or storage_format, regexp."
            )
        if storage_format is not None:
            self.storage_format = storage_format
        if regexp is not None:
            self.regexp = re.compile(regexp)
        if truncate_microseconds:
            self.truncate_microseconds = truncate_microseconds

    @property
    def format_is_text_affinity(self) -> bool:
        """Whether SQLite keeps the text as it is, rather than read a number."""
        if self.storage_format is None:
            return True
        written = self.storage_format % {**_NO_TIME, "year": 0, "month": 0, "day": 0}
        return re.search(r"[^0-9]", written) is not None


class DATETIME(Stored, DateTime):
    """A date with a time, stored as ``storage_format`` says and read by ``regexp``.

    >>> DATETIME(truncate_microseconds=True)
    DATETIME(truncate_microseconds=True)
    """

    visit_name = "DATETIME"

    def __init__(
        self,
        timezone: bool = False,
        storage_format: str | None = None,
        regexp: str | re.Pattern[str] | None = None,
        *,
        truncate_microseconds: bool = False,
    ) -> None:
        super().__init__(timezone)
        self._store(storage_format, regexp, truncate_microseconds)


class DATE(Stored, Date):
    """A date, stored as ``storage_format`` says and read by ``regexp``."""

    visit_name = "DATE"

    def __init__(
        self,
        storage_format: str | None = None,
        regexp: str | re.Pattern[str] | None = None,
    ) -> None:
        self._store(storage_format, regexp)


class TIME(Stored, Time):
    """A time of day, stored as ``storage_format`` says and read by ``regexp``."""

    visit_name = "TIME"

    def __init__(
        self,
        timezone: bool = False,
        storage_format: str | None = None,
        regexp: str | re.Pattern[str] | None = None,
        *,
        truncate_microseconds: bool = False,
    ) -> None:
        super().__init__(timezone)
        self._store(storage_format, regexp, truncate_microseconds)


# -- to SQLite -----------------------------------------------------------------------------


def datetime_writer(type_: TypeEngine[Any]) -> Callable[[Any], str]:
    """Return what writes a ``datetime``; a ``date`` is its midnight."""
    form, short = getattr(type_, "storage_format", None), _truncates(type_)

    def write(value: Any) -> str:
        if not isinstance(value, dt.datetime):
            if not isinstance(value, dt.date):
                raise TypeError(
                    "SQLite DateTime type only accepts Python datetime and date objects as input, "
                    f"not {value!r}"
                )
            value = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - naive in, naive out
        elif value.tzinfo is not None:
            value = without_zone(value)
        if form is not None:
            return str(form % _parts(value, "year month day hour minute second microsecond"))
        return str(value.isoformat(" ", "seconds" if short else "microseconds"))

    return write


def date_writer(type_: TypeEngine[Any]) -> Callable[[Any], str]:
    """Return what writes a ``date``; of a ``datetime`` its day."""
    form = getattr(type_, "storage_format", None) or _DATE

    def write(value: Any) -> str:
        if not isinstance(value, dt.date):
            raise TypeError(
                f"SQLite Date type only accepts Python date objects as input, not {value!r}"
            )
        return str(form % _parts(value, "year month day"))

    return write


def time_writer(type_: TypeEngine[Any]) -> Callable[[Any], str]:
    """Return what writes a ``time``."""
    form, short = getattr(type_, "storage_format", None), _truncates(type_)

    def write(value: Any) -> str:
        if not isinstance(value, dt.time):
            raise TypeError(
                f"SQLite Time type only accepts Python time objects as input, not {value!r}"
            )
        if value.tzinfo is not None:
            value = without_zone(value)
        if form is not None:
            return str(form % _parts(value, "hour minute second microsecond"))
        return str(value.isoformat("seconds" if short else "microseconds"))

    return write


def without_zone(value: Any) -> Any:
    """Return a moment without its zone, which SQLite cannot keep; UTC is what one expects."""
    if value.utcoffset():
        warn(
            f"SQLite keeps no time zones: {value.isoformat()} is stored without its offset, and "
            "so means another moment.  Use UtcDateTime, or convert to UTC first",
            SAWarning,
        )
    return value.replace(tzinfo=None)


def _truncates(type_: TypeEngine[Any]) -> bool:
    return bool(getattr(type_, "truncate_microseconds", False))


def _parts(value: Any, names: str) -> dict[str, int]:
    return {name: getattr(value, name) for name in names.split()}


_WRITERS: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Callable[[Any], str]]], ...] = (
    (DateTime, datetime_writer),
    (Date, date_writer),
    (Time, time_writer),
)


def writer(type_: TypeEngine[Any]) -> Callable[[Any], str]:
    """Return what writes the values of a type."""
    return next(make(type_) for cls, make in _WRITERS if isinstance(type_, cls))


@sqlite_types.bind(DateTime, Date, Time)
def bind_temporal(type_: TypeEngine[Any], dialect: TypeDialect) -> Processor | None:
    """Send the text."""
    if _native(type_, dialect):
        return None
    write = writer(type_)
    return lambda value: None if value is None else write(value)


@sqlite_types.literal(DateTime, Date, Time)
def write_temporal(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write the text, in quotes."""
    write, quote = writer(type_), text_literal(dialect)
    return lambda value: quote(write(value))


# -- from SQLite ---------------------------------------------------------------------------


@sqlite_types.result(DateTime, Date, Time)
def read_temporal(type_: TypeEngine[Any], dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Read the text."""
    if _native(type_, dialect):
        return None
    cls: Any = type_.python_type
    regexp = getattr(type_, "regexp", None)
    read = cls.fromisoformat if regexp is None else by_regexp(regexp, cls)

    def convert(value: Any) -> Any:
        if value is None:
            return None
        try:
            return read(value)
        except (TypeError, ValueError):
            raise ValueError(
                f"Couldn't parse {cls.__name__} string {value!r} - value is not a string of the "
                "expected form"
            ) from None

    return convert


def by_regexp(regexp: re.Pattern[str], cls: Callable[..., Any]) -> Processor:
    """Return what reads by the groups of a pattern, by their names if they have any."""

    def read(value: Any) -> Any:
        found = regexp.match(value)
        if found is None:
            raise ValueError(value)
        if regexp.groupindex:
            return cls(**{name: int(part or 0) for name, part in found.groupdict().items()})
        return cls(*[int(part) for part in found.groups("0")])

    return read


def _native(type_: TypeEngine[Any], dialect: Any) -> bool:
    """Tell whether the driver converts by itself, as ``native_datetime`` says."""
    glue = getattr(dialect, "glue", None)
    options = getattr(glue, "options", {})
    return bool(options.get("native_datetime")) and not isinstance(type_, Time)
