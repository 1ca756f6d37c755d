"""Dates and times."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.string import text_literal
from toolkit_core.types.table import TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine


class DateTime(TypeEngine[dt.datetime]):
    """A date with a time; ``timezone`` where the database keeps that too.

    ``UtcDateTime`` is for instants that must be the same on every database.
    """

    visit_name = "datetime"
    operator_classes = OperatorClass.DATETIME

    timezone: bool = False

    def __init__(self, timezone: bool = False) -> None:
        if timezone:
            self.timezone = timezone

    @property
    def python_type(self) -> type[Any]:
        """``datetime.datetime``."""
        return dt.datetime

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``DATETIME``."""
        return getattr(dbapi, "DATETIME", None)


DateTime.family = DateTime


class Date(TypeEngine[dt.date]):
    """A date."""

    visit_name = "date"
    operator_classes = OperatorClass.DATETIME

    @property
    def python_type(self) -> type[Any]:
        """``datetime.date``."""
        return dt.date

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``DATETIME``."""
        return getattr(dbapi, "DATETIME", None)


Date.family = Date


class Time(TypeEngine[dt.time]):
    """A time of day."""

    visit_name = "time"
    operator_classes = OperatorClass.DATETIME

    timezone: bool = False

    def __init__(self, timezone: bool = False) -> None:
        if timezone:
            self.timezone = timezone

    @property
    def python_type(self) -> type[Any]:
        """``datetime.time``."""
        return dt.time

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``DATETIME``."""
        return getattr(dbapi, "DATETIME", None)


Time.family = Time


@generic.literal(DateTime, Date, Time)
def write_iso(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write what ISO 8601 says, with a space for the T."""
    write, expected = text_literal(dialect), type_.python_type

    def write_value(value: Any) -> str:
        if not isinstance(value, expected):
            raise TypeError(f"{expected.__name__} is expected, not {type(value).__name__}")
        return write(value.isoformat().replace("T", " "))

    return write_value
