"""Numbers: MySQL's own types, and how values of all of them travel.

https://dev.mysql.com/doc/refman/9.0/en/numeric-types.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.types import (
    BigInteger,
    Boolean,
    Double,
    Float,
    Integer,
    Numeric,
    Processor,
    SmallInteger,
    TypeDialect,
    TypeEngine,
    Writes,
    decimal_class,
    strict_bool,
)
from toolkit_mysql.types.table import mysql_types


class Attributes:
    """What numbers may be told beside their size."""

    unsigned: bool = False
    zerofill: bool = False

    def _attributes(self, unsigned: bool, zerofill: bool) -> None:
        if unsigned:
            self.unsigned = unsigned
        if zerofill:
            self.zerofill = zerofill


class Whole(Attributes, Integer):
    """What MySQL's types of whole numbers have in common."""

    display_width: int | None = None

    def __init__(
        self, display_width: int | None = None, *, unsigned: bool = False, zerofill: bool = False
    ) -> None:
        if display_width is not None:
            self.display_width = display_width
        self._attributes(unsigned, zerofill)


class INTEGER(Whole):
    """MySQL's ``INTEGER``.

    >>> INTEGER(unsigned=True)
    INTEGER(unsigned=True)
    """

    visit_name = "INTEGER"


class BIGINT(Whole, BigInteger):
    """MySQL's ``BIGINT``."""

    visit_name = "BIGINT"


class MEDIUMINT(Whole):
    """MySQL's ``MEDIUMINT``: 24 bits."""

    visit_name = "MEDIUMINT"


class SMALLINT(Whole, SmallInteger):
    """MySQL's ``SMALLINT``."""

    visit_name = "SMALLINT"


class TINYINT(Whole):
    """MySQL's ``TINYINT``: 8 bits."""

    visit_name = "TINYINT"


class NUMERIC(Attributes, Numeric[Any]):
    """MySQL's ``NUMERIC``.

    >>> NUMERIC(10, 2, unsigned=True)
    NUMERIC(precision=10, scale=2, unsigned=True)
    """

    visit_name = "NUMERIC"

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        asdecimal: bool = True,
        *,
        unsigned: bool = False,
        zerofill: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        super().__init__(precision, scale, decimal_return_scale, asdecimal)  # type: ignore[call-overload]
        self._attributes(unsigned, zerofill)


class DECIMAL(NUMERIC):
    """MySQL's ``DECIMAL``."""

    visit_name = "DECIMAL"


class Floating(Attributes, Float[Any]):
    """What MySQL's types of floating-point numbers have in common."""

    scale: int | None = None

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        asdecimal: bool = True,
        *,
        unsigned: bool = False,
        zerofill: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        if self._takes_both and (precision is None) is not (scale is None):
            raise ArgumentError(
                "You must specify both precision and scale or omit both altogether."
            )
        super().__init__(precision, asdecimal, decimal_return_scale)  # type: ignore[call-overload]
        if not asdecimal:
            self.asdecimal = asdecimal
        if scale is not None:
            self.scale = scale
        self._attributes(unsigned, zerofill)

    asdecimal = True
    _takes_both = True


class DOUBLE(Floating, Double[Any]):
    """MySQL's ``DOUBLE``, whose values are Decimals unless ``asdecimal`` is false.

    >>> DOUBLE(asdecimal=False)
    DOUBLE(asdecimal=False)
    """

    visit_name = "DOUBLE"


class REAL(Floating):
    """MySQL's ``REAL``: another name of DOUBLE."""

    visit_name = "REAL"


class FLOAT(Floating):
    """MySQL's ``FLOAT``, of single precision.

    >>> FLOAT(10, 2)
    FLOAT(precision=10, scale=2)
    """

    visit_name = "FLOAT"
    asdecimal = False
    _takes_both = False

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        asdecimal: bool = False,
        *,
        unsigned: bool = False,
        zerofill: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        super().__init__(
            precision,
            scale,
            asdecimal,
            unsigned=unsigned,
            zerofill=zerofill,
            decimal_return_scale=decimal_return_scale,
        )
        if asdecimal:
            self.asdecimal = asdecimal


class BIT(TypeEngine[int]):
    """MySQL's ``BIT``: up to 64 of them, as a number.

    https://dev.mysql.com/doc/refman/9.0/en/bit-type.html
    """

    visit_name = "BIT"

    length: int | None = None

    def __init__(self, length: int | None = None) -> None:
        if length is not None:
            self.length = length

    @property
    def python_type(self) -> type[Any]:
        """``int``."""
        return int


# -- how values travel --------------------------------------------------------------------


@mysql_types.result(BIT)
def read_bits(type_: BIT, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a number of the bytes that the drivers give."""

    def convert(value: Any) -> Any:
        return int.from_bytes(value, "big") if isinstance(value, bytes) else value

    return convert


@mysql_types.literal(BIT)
def write_bits(type_: BIT, dialect: TypeDialect) -> Writes:
    """Write bits."""
    return lambda value: f"b'{value:b}'"


@mysql_types.bind(Boolean)
def bind_boolean(type_: Boolean, dialect: TypeDialect) -> Processor:
    """Store 1 and 0."""

    def convert(value: Any) -> Any:
        found = strict_bool(value)
        return None if found is None else int(found)

    return convert


@mysql_types.result(Boolean)
def read_boolean(type_: Boolean, dialect: TypeDialect, coltype: Any) -> Processor:
    """Read 1 and 0."""
    return lambda value: None if value is None else bool(value)


@mysql_types.literal(Boolean)
def write_boolean(type_: Boolean, dialect: TypeDialect) -> Writes:
    """Write the words, which are 1 and 0 here."""
    return lambda value: "true" if strict_bool(value) else "false"


@mysql_types.literal(Numeric)
def write_numeric(type_: Numeric[Any], dialect: TypeDialect) -> Writes:
    """Write all digits: with an exponent it would be a floating-point number.

    https://dev.mysql.com/doc/refman/9.0/en/number-literals.html
    """
    return plain_digits


def plain_digits(value: Any) -> str:
    """Write a number without an exponent.

    >>> from decimal import Decimal
    >>> plain_digits(Decimal("1.5E+3")), plain_digits(0.1)
    ('1500', '0.1')
    """
    number = decimal_class()(repr(value) if isinstance(value, float) else value)
    if not number.is_finite():
        raise ValueError(f"MySQL has no literal for {value!r}")
    return format(number, "f")
