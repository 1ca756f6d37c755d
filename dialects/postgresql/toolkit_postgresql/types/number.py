"""Numbers: PostgreSQL keeps decimals exactly, and knows NaN and the infinities.

https://www.postgresql.org/docs/current/datatype-numeric.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import (
    Float,
    Numeric,
    Processor,
    TypeDialect,
    TypeEngine,
    Writes,
    decimal_class,
    decimal_text,
    float_text,
    to_decimals,
    to_float,
)
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class MONEY(TypeEngine[str]):
    """PostgreSQL's ``MONEY``: text, in the form that the server's ``lc_monetary`` gives it.

    A cast to NUMERIC makes a number of it.
    """

    visit_name = "MONEY"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for text: what is compared with money is money."""
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)


@postgresql_types.result(Numeric)
def read_numeric(type_: Numeric[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Take the driver's Decimal; a float, as psycopg2 sends one, becomes what the type says."""
    return to_decimals(type_.effective_decimal_return_scale) if type_.asdecimal else to_float


@postgresql_types.result(Float)
def read_float(type_: Float[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Take the driver's float; digits in the SQL are a decimal to PostgreSQL."""
    if type_.asdecimal:
        return to_decimals(type_.effective_decimal_return_scale)
    return lambda value: value if value.__class__ is float else to_float(value)


@postgresql_types.literal(Float)
def write_float(type_: Float[Any], dialect: TypeDialect) -> Writes:
    """Write the digits, or what is no number as text."""
    write_word = typed("DOUBLE PRECISION", dialect, lambda value: repr(float(value)))
    return lambda value: write_word(value) if _is_word(value) else float_text(value)


@postgresql_types.literal(Numeric)
def write_numeric(type_: Numeric[Any], dialect: TypeDialect) -> Writes:
    """Write the digits, or what is no number as text."""
    write_word = typed("NUMERIC", dialect)
    decimal = decimal_class()
    return lambda value: write_word(decimal(value)) if _is_word(value) else decimal_text(value)


def _is_word(value: Any) -> bool:
    """Tell whether there are no digits for it: NaN, and the infinities.

    >>> _is_word(float("nan")), _is_word(1.5)
    (True, False)
    """
    number = decimal_class()(value)
    return not number.is_finite()


@postgresql_types.literal(MONEY)
def write_money(type_: MONEY, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed("MONEY", dialect)
