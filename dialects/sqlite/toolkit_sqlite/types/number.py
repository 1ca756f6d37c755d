"""Numbers as SQLite keeps them: 64 bits, whole or floating.

https://sqlite.org/datatype3.html
"""

from __future__ import annotations

import math
from typing import Any

from toolkit_core.dialect import SAWarning, warn
from toolkit_core.dialect.types import (
    Boolean,
    Float,
    Integer,
    Numeric,
    Processor,
    TypeDialect,
    Writes,
    decimal_class,
    decimal_text,
    float_text,
    strict_bool,
    to_decimals,
    to_float,
    whole,
)
from toolkit_sqlite.types.table import sqlite_types

_LARGEST = 2**63 - 1


@sqlite_types.bind(Boolean)
def bind_boolean(type_: Boolean, dialect: TypeDialect) -> Processor:
    """Store 1 and 0."""

    def convert(value: Any) -> Any:
        found = strict_bool(value)
        return None if found is None else int(found)

    return convert


@sqlite_types.result(Boolean)
def read_boolean(type_: Boolean, dialect: TypeDialect, coltype: Any) -> Processor:
    """Read 1 and 0."""
    return lambda value: None if value is None else bool(value)


@sqlite_types.literal(Boolean)
def write_boolean(type_: Boolean, dialect: TypeDialect) -> Writes:
    """Write 1 and 0: older versions have no words for it."""
    return lambda value: "1" if strict_bool(value) else "0"


@sqlite_types.literal(Integer)
def write_integer(type_: Integer, dialect: TypeDialect) -> Writes:
    """Write the digits, unless there are so many that SQLite would read a float."""

    def write(value: Any) -> str:
        text = whole(value)
        if not -_LARGEST - 1 <= int(text) <= _LARGEST:
            raise OverflowError(f"{text} is too large for SQLite's INTEGER")
        return text

    return write


@sqlite_types.bind(Float)
def bind_float(type_: Float[Any], dialect: TypeDialect) -> Processor:
    """Send a float."""

    def convert(value: Any) -> Any:
        if value is None:
            return None
        number = float(value)
        if math.isnan(number):
            _warn_of_nan()
        return number

    return convert


@sqlite_types.literal(Float)
def write_float(type_: Float[Any], dialect: TypeDialect) -> Writes:
    """Write the digits; a number beyond all others is read as infinity."""
    return lambda value: _infinity(value) or float_text(value)


@sqlite_types.bind(Numeric)
def bind_numeric(type_: Numeric[Any], dialect: TypeDialect) -> Processor:
    """Send the nearest float, or a whole number that is too large for one."""
    return nearest


@sqlite_types.result(Numeric)
def read_numeric(type_: Numeric[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a Decimal with the type's digits after the point."""
    return to_decimals(type_.effective_decimal_return_scale) if type_.asdecimal else to_float


@sqlite_types.literal(Numeric)
def write_numeric(type_: Numeric[Any], dialect: TypeDialect) -> Writes:
    """Write the digits."""

    def write(value: Any) -> str:
        found = _infinity(value)
        if found is None:
            nearest(value)
            found = decimal_text(value)
        return found

    return write


def nearest(value: Any) -> Any:
    """Return what SQLite keeps of a number, with a warning where that is another number.

    >>> from decimal import Decimal
    >>> nearest(Decimal("1.10")), nearest(Decimal("123456789012345678"))
    (1.1, 123456789012345678)
    """
    if value is None:
        return None
    number = float(value)
    if value.__class__ is float or not math.isfinite(number):
        if math.isnan(number):
            _warn_of_nan()
        return number
    decimal = decimal_class()
    exact = decimal(value)
    if decimal(repr(number)) == exact:
        return number
    if exact == exact.to_integral_value() and -_LARGEST - 1 <= exact <= _LARGEST:
        return int(exact)
    warn(
        f"SQLite has no decimal numbers: {value} is stored as {number!r}, which is not the same. "
        "For lossless storage use a String or an Integer of the smallest unit",
        SAWarning,
    )
    return number


def _infinity(value: Any) -> str | None:
    number = float(value)
    if math.isinf(number) and not math.isfinite(value):
        return "9e999" if number > 0 else "-9e999"
    return None


def _warn_of_nan() -> None:
    warn("SQLite has no NaN: it stores NULL in its place", SAWarning)
