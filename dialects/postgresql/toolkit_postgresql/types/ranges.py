"""The types of ranges, and of several ranges as one value.

https://www.postgresql.org/docs/current/functions-range.html
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from toolkit_core.dialect.expressions import ColumnElement, Comparator, cast, custom_op, operators
from toolkit_core.dialect.types import (
    NULLTYPE,
    BigInteger,
    Date,
    DateTime,
    Integer,
    Numeric,
    OperatorClass,
    Processor,
    TypeDialect,
    TypeEngine,
    Writes,
    decimal_class,
)
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.operators import comparing
from toolkit_postgresql.types.range import MultiRange, Range
from toolkit_postgresql.types.range_text import (
    Read,
    multirange_from,
    multirange_text,
    range_from,
    range_text,
)
from toolkit_postgresql.types.table import postgresql_types

CONTAINS = comparing("@>")
CONTAINED_BY = comparing("<@")
OVERLAP = comparing("&&")
LEFT_OF = comparing("<<")
RIGHT_OF = comparing(">>")
NOT_RIGHT_OF = comparing("&<")
NOT_LEFT_OF = comparing("&>")
ADJACENT_TO = comparing("-|-")


class RangeComparator(Comparator):
    """The operators of ranges."""

    def contains(self, other: Any, **kw: Any) -> ColumnElement[bool]:
        """Whether a value, or all of another range, is in this one."""
        return self._applied(CONTAINS, self._value(other))

    def contained_by(self, other: Any) -> ColumnElement[bool]:
        """Whether all of this range is in another one."""
        return self._applied(CONTAINED_BY, other)

    def overlaps(self, other: Any) -> ColumnElement[bool]:
        """Whether some value is in both."""
        return self._applied(OVERLAP, other)

    def strictly_left_of(self, other: Any) -> ColumnElement[bool]:
        """Whether all of this range is below the other one."""
        return self._applied(LEFT_OF, other)

    def strictly_right_of(self, other: Any) -> ColumnElement[bool]:
        """Whether all of this range is above the other one."""
        return self._applied(RIGHT_OF, other)

    def __lshift__(self, other: Any) -> ColumnElement[bool]:
        return self.strictly_left_of(other)

    def __rshift__(self, other: Any) -> ColumnElement[bool]:
        return self.strictly_right_of(other)

    def not_extend_right_of(self, other: Any) -> ColumnElement[bool]:
        """Whether nothing in this range is above the other one."""
        return self._applied(NOT_RIGHT_OF, other)

    def not_extend_left_of(self, other: Any) -> ColumnElement[bool]:
        """Whether nothing in this range is below the other one."""
        return self._applied(NOT_LEFT_OF, other)

    def adjacent_to(self, other: Any) -> ColumnElement[bool]:
        """Whether one begins where the other ends."""
        return self._applied(ADJACENT_TO, other)

    def union(self, other: Any) -> ColumnElement[Any]:
        """Return all that is in either."""
        return self.operate(operators.add, other)  # type: ignore[no-any-return]

    def difference(self, other: Any) -> ColumnElement[Any]:
        """Return what is in this range and not in the other one."""
        return self.operate(operators.sub, other)  # type: ignore[no-any-return]

    def intersection(self, other: Any) -> ColumnElement[Any]:
        """Return what is in both."""
        return self.operate(operators.mul, other)  # type: ignore[no-any-return]

    def _value(self, found: Any) -> Any:
        """Return a plain number with its type, where PostgreSQL would take it for a smaller one."""
        kind = self.expr.type
        if isinstance(found, (int, float)) and kind.is_strict:
            return cast(found, kind.subtype)
        return found

    def _applied(self, operator: custom_op, other: Any) -> ColumnElement[bool]:
        return operator.build(self.expr, operator, other)  # type: ignore[no-any-return]


class AbstractRange(TypeEngine[Any]):
    """What all of them have in common."""

    operator_classes = OperatorClass.ANY

    # Of which type the values are, and how the text of one is read.
    subtype: ClassVar[TypeEngine[Any]] = NULLTYPE
    # Whether a small whole number is of another type.
    is_strict: ClassVar[bool] = False

    Comparator: Any = RangeComparator
    comparator_factory: Any = RangeComparator

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return the type of a value in the range, or its own for another range."""
        if isinstance(value, (Range, list)):
            return self
        return self.subtype


class AbstractSingleRange(AbstractRange):
    """The base of the types of one range."""

    @property
    def python_type(self) -> type[Any]:
        """``Range``."""
        return Range


class AbstractMultiRange(AbstractRange):
    """The base of the types of several ranges as one value."""

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for several ranges, and the single type for one."""
        if isinstance(value, Range):
            return SINGLE[type(self)]()
        return super().coerce_compared_value(op, value)

    @property
    def python_type(self) -> type[Any]:
        """``MultiRange``."""
        return MultiRange


class INT4RANGE(AbstractSingleRange):
    """A range of whole numbers."""

    visit_name = "INT4RANGE"
    subtype = Integer()


class INT8RANGE(AbstractSingleRange):
    """A range of whole numbers of 64 bits."""

    visit_name = "INT8RANGE"
    subtype = BigInteger()
    is_strict = True


class NUMRANGE(AbstractSingleRange):
    """A range of decimal numbers."""

    visit_name = "NUMRANGE"
    subtype = Numeric()
    is_strict = True


class DATERANGE(AbstractSingleRange):
    """A range of dates."""

    visit_name = "DATERANGE"
    subtype = Date()


class TSRANGE(AbstractSingleRange):
    """A range of dates with times."""

    visit_name = "TSRANGE"
    subtype = DateTime()


class TSTZRANGE(AbstractSingleRange):
    """A range of instants: dates with times and zones."""

    visit_name = "TSTZRANGE"
    subtype = DateTime(timezone=True)


class INT4MULTIRANGE(AbstractMultiRange):
    """Several ranges of whole numbers."""

    visit_name = "INT4MULTIRANGE"
    subtype = INT4RANGE.subtype


class INT8MULTIRANGE(AbstractMultiRange):
    """Several ranges of whole numbers of 64 bits."""

    visit_name = "INT8MULTIRANGE"
    subtype = INT8RANGE.subtype
    is_strict = True


class NUMMULTIRANGE(AbstractMultiRange):
    """Several ranges of decimal numbers."""

    visit_name = "NUMMULTIRANGE"
    subtype = NUMRANGE.subtype
    is_strict = True


class DATEMULTIRANGE(AbstractMultiRange):
    """Several ranges of dates."""

    visit_name = "DATEMULTIRANGE"
    subtype = DATERANGE.subtype


class TSMULTIRANGE(AbstractMultiRange):
    """Several ranges of dates with times."""

    visit_name = "TSMULTIRANGE"
    subtype = TSRANGE.subtype


class TSTZMULTIRANGE(AbstractMultiRange):
    """Several ranges of instants."""

    visit_name = "TSTZMULTIRANGE"
    subtype = TSTZRANGE.subtype


SINGLE: dict[type[AbstractRange], type[AbstractSingleRange]] = {
    INT4MULTIRANGE: INT4RANGE,
    INT8MULTIRANGE: INT8RANGE,
    NUMMULTIRANGE: NUMRANGE,
    DATEMULTIRANGE: DATERANGE,
    TSMULTIRANGE: TSRANGE,
    TSTZMULTIRANGE: TSTZRANGE,
}


_MOMENT = re.compile(r"([^.+]+:\d\d)(?:\.(\d+))?(?:([+-]\d\d)(:\d\d(?::\d\d)?)?)?")


def _read_moment(text: str) -> dt.datetime:
    """Read a date with a time; Python before 3.11 wants all digits, and minutes in the zone.

    >>> _read_moment("2020-01-02 03:04:05.5+01").isoformat()
    '2020-01-02T03:04:05.500000+01:00'
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date with a time that Python has")
    whole, fraction, hours, minutes = found.groups()
    zone = f"{hours}{minutes or ':00'}" if hours else ""
    return dt.datetime.fromisoformat(f"{whole}.{(fraction or '').ljust(6, '0')}{zone}")


def _reader(type_: AbstractRange) -> Read:
    subtype = type_.subtype
    if isinstance(subtype, Integer):
        return int
    if isinstance(subtype, Numeric):
        return decimal_class()
    return dt.date.fromisoformat if isinstance(subtype, Date) else _read_moment


@postgresql_types.bind(AbstractSingleRange)
def bind_range(type_: AbstractSingleRange, dialect: TypeDialect) -> Processor:
    """Send the text."""
    return lambda value: value if value is None or isinstance(value, str) else range_text(value)


@postgresql_types.result(AbstractSingleRange)
def read_range(type_: AbstractSingleRange, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a ``Range`` of the driver's, or of text."""
    read = _reader(type_)
    return lambda value: None if value is None else range_from(value, read)


@postgresql_types.literal(AbstractSingleRange)
def write_range(type_: AbstractSingleRange, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed(type_.visit_name, dialect, range_text)


@postgresql_types.bind(AbstractMultiRange)
def bind_multirange(type_: AbstractMultiRange, dialect: TypeDialect) -> Processor:
    """Send the text."""
    return lambda value: (
        value if value is None or isinstance(value, str) else multirange_text(value)
    )


@postgresql_types.result(AbstractMultiRange)
def read_multirange(type_: AbstractMultiRange, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a ``MultiRange`` of the driver's, or of text."""
    read = _reader(type_)
    return lambda value: None if value is None else multirange_from(value, read)


@postgresql_types.literal(AbstractMultiRange)
def write_multirange(type_: AbstractMultiRange, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed(type_.visit_name, dialect, multirange_text)
