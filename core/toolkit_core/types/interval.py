"""Spans of time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.temporal import DateTime
from toolkit_core.types.type_engine import TypeEngine


class Interval(TypeEngine[dt.timedelta]):
    """A span of time: a ``timedelta``.

    Where the database has no type for it, or ``native`` is false, it is stored as the date and
    time that lies so far from the first of January 1970.
    """

    visit_name = "interval"
    operator_classes = OperatorClass.DATETIME

    native: bool = True
    second_precision: int | None = None
    day_precision: int | None = None

    def __init__(
        self,
        native: bool = True,
        second_precision: int | None = None,
        day_precision: int | None = None,
    ) -> None:
        if not native:
            self.native = native
        if second_precision is not None:
            self.second_precision = second_precision
        if day_precision is not None:
            self.day_precision = day_precision

    @property
    def python_type(self) -> type[Any]:
        """``datetime.timedelta``."""
        return dt.timedelta

    @property
    def epoch(self) -> dt.datetime:
        """The moment from which spans are counted where they are stored as one."""
        return dt.datetime(1970, 1, 1)  # noqa: DTZ001 - no zone, as it is stored

    @property
    def impl(self) -> TypeEngine[Any]:
        """The type that stands for it where the database has none."""
        return MOMENT

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``DATETIME``."""
        return MOMENT.get_dbapi_type(dbapi)


Interval.family = Interval

MOMENT = DateTime()


def counted(type_: Interval) -> Processor:
    """Return what makes a moment of a span."""
    epoch, expected = type_.epoch, type_.python_type

    def convert(value: Any) -> Any:
        if not isinstance(value, expected):
            raise TypeError(f"timedelta is expected, not {type(value).__name__}")
        return epoch + value

    return convert


@generic.bind(Interval)
def bind_interval(type_: Interval, dialect: TypeDialect) -> Processor:
    """Store the moment."""
    moment, bind = counted(type_), MOMENT.bind_processor(dialect)

    def convert(value: Any) -> Any:
        if value is None:
            return None
        found = moment(value)
        return found if bind is None else bind(found)

    return convert


@generic.result(Interval)
def read_interval(type_: Interval, dialect: TypeDialect, coltype: Any) -> Processor:
    """Count back from the moment."""
    epoch, read = type_.epoch, MOMENT.result_processor(dialect, coltype)

    def convert(value: Any) -> Any:
        if value is None:
            return None
        return (value if read is None else read(value)) - epoch

    return convert


@generic.literal(Interval)
def write_interval(type_: Interval, dialect: TypeDialect) -> Writes | None:
    """Write the moment."""
    moment, write = counted(type_), MOMENT.literal_processor(dialect)
    return None if write is None else lambda value: write(moment(value))
