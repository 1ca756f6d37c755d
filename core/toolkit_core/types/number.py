"""Numbers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from toolkit_core.newer_typing import TypeVar
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine

if TYPE_CHECKING:
    from decimal import Decimal

D_co = TypeVar("D_co", default="Decimal", covariant=True)
R_co = TypeVar("R_co", default=float, covariant=True)


class Integer(TypeEngine[int]):
    """A whole number."""

    visit_name = "integer"
    operator_classes = OperatorClass.INTEGER

    @property
    def python_type(self) -> type[Any]:
        """``int``."""
        return int

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``NUMBER``."""
        return getattr(dbapi, "NUMBER", None)


Integer.family = Integer


class SmallInteger(Integer):
    """A whole number of 16 bits, as a rule."""

    visit_name = "small_integer"


class BigInteger(Integer):
    """A whole number of 64 bits, as a rule."""

    visit_name = "big_integer"


class NumericCommon(TypeEngine[D_co]):
    """What exact and floating numbers have in common."""

    operator_classes = OperatorClass.NUMERIC

    precision: int | None = None
    scale: int | None = None
    decimal_return_scale: int | None = None
    asdecimal: bool = True

    @property
    def python_type(self) -> type[Any]:
        """``Decimal``, or ``float``."""
        return decimal_class() if self.asdecimal else float

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``NUMBER``."""
        return getattr(dbapi, "NUMBER", None)

    @property
    def effective_decimal_return_scale(self) -> int:
        """How many digits a float gets after the point when it becomes a ``Decimal``."""
        if self.decimal_return_scale is not None:
            return self.decimal_return_scale
        return 10 if self.scale is None else self.scale


class Numeric(NumericCommon[D_co]):
    """An exact number of so many digits, ``scale`` of them after the point: a ``Decimal``.

    >>> Numeric(10, 2)
    Numeric(precision=10, scale=2)
    """

    visit_name = "numeric"

    @overload
    def __init__(
        self: Numeric[Decimal],
        precision: int | None = ...,
        scale: int | None = ...,
        decimal_return_scale: int | None = ...,
        asdecimal: Literal[True] = ...,
    ) -> None: ...

    @overload
    def __init__(
        self: Numeric[float],
        precision: int | None = ...,
        scale: int | None = ...,
        decimal_return_scale: int | None = ...,
        *,
        asdecimal: Literal[False],
    ) -> None: ...

    @overload
    def __init__(
        self: Numeric[float],
        precision: int | None,
        scale: int | None,
        decimal_return_scale: int | None,
        asdecimal: Literal[False],
    ) -> None: ...

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        decimal_return_scale: int | None = None,
        asdecimal: bool = True,
    ) -> None:
        if precision is not None:
            self.precision = precision
        if scale is not None:
            self.scale = scale
        if decimal_return_scale is not None:
            self.decimal_return_scale = decimal_return_scale
        if not asdecimal:
            self.asdecimal = asdecimal


Numeric.family = Numeric


class Float(NumericCommon[R_co]):
    """A floating-point number; ``asdecimal`` gives it as ``Decimal``."""

    visit_name = "float"

    asdecimal: bool = False

    @overload
    def __init__(
        self: Float[float],
        precision: int | None = ...,
        asdecimal: Literal[False] = ...,
        decimal_return_scale: int | None = ...,
    ) -> None: ...

    @overload
    def __init__(
        self: Float[Decimal],
        precision: int | None = ...,
        *,
        asdecimal: Literal[True],
        decimal_return_scale: int | None = ...,
    ) -> None: ...

    @overload
    def __init__(
        self: Float[Decimal],
        precision: int | None,
        asdecimal: Literal[True],
        decimal_return_scale: int | None = ...,
    ) -> None: ...

    def __init__(
        self,
        precision: int | None = None,
        asdecimal: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        if precision is not None:
            self.precision = precision
        if asdecimal:
            self.asdecimal = asdecimal
        if decimal_return_scale is not None:
            self.decimal_return_scale = decimal_return_scale


Float.family = Float


class Double(Float[R_co]):
    """A floating-point number of double precision."""

    visit_name = "double"

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: Double[float],
            precision: int | None = ...,
            asdecimal: Literal[False] = ...,
            decimal_return_scale: int | None = ...,
        ) -> None: ...

        @overload
        def __init__(
            self: Double[Decimal],
            precision: int | None = ...,
            *,
            asdecimal: Literal[True],
            decimal_return_scale: int | None = ...,
        ) -> None: ...

        def __init__(self, *args: Any, **kw: Any) -> None: ...


def decimal_class() -> type[Any]:
    """Return ``Decimal``, whose module many programs never need."""
    found: type[Any] = import_module("decimal").Decimal
    return found


def whole(value: Any) -> str:
    """Write a whole number; what is not one is refused rather than cut.

    >>> whole(5), whole(True), whole("5")
    ('5', '1', '5')
    """
    number = int(value)
    if number != value and not isinstance(value, str):
        raise ValueError(f"{value!r} is not a whole number")
    return str(number)


def decimal_text(value: Any) -> str:
    """Write a number with all its digits; infinities and NaN have no literal in SQL.

    >>> decimal_text(0.1), decimal_text(1)
    ('0.1', '1')
    """
    number = decimal_class()(repr(value) if isinstance(value, float) else value)
    if not number.is_finite():
        raise ValueError(f"SQL has no literal for {value!r}")
    return str(number)


def float_text(value: Any) -> str:
    """Write a floating-point number so that it is read as one.

    >>> float_text(1), float_text(1e300)
    ('1.0', '1e+300')
    """
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - that is NaN
        raise ValueError(f"SQL has no literal for {value!r}")
    return repr(number)


def to_decimals(scale: int) -> Processor:
    """Return what makes a ``Decimal`` with so many digits after the point of a float.

    >>> to_decimals(2)(1.456)
    Decimal('1.46')
    """
    decimal, form = decimal_class(), f"%.{scale}f"
    zeros = f".{'0' * scale}" if scale else ""

    def convert(value: Any) -> Any:
        if value.__class__ is float:
            return decimal(form % value)
        if value.__class__ is int:
            # Not by way of a float, which has fewer digits.
            return decimal(f"{value}{zeros}")
        return value

    return convert


def to_float(value: Any) -> Any:
    """Return a number as a float, and None as it is."""
    return None if value is None else float(value)


@generic.literal(Integer)
def write_integer(type_: Integer, dialect: TypeDialect) -> Writes:
    """Write the digits."""
    return whole


@generic.literal(Numeric)
def write_numeric(type_: Numeric[Any], dialect: TypeDialect) -> Writes:
    """Write the digits."""
    return decimal_text


@generic.literal(Float)
def write_float(type_: Float[Any], dialect: TypeDialect) -> Writes:
    """Write as many digits as tell it from its neighbours."""
    return float_text


@generic.result(Numeric)
def read_numeric(type_: Numeric[Any], dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Take the driver's Decimal, or make a float of it."""
    return None if type_.asdecimal else to_float


@generic.result(Float)
def read_float(type_: Float[Any], dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Take the driver's float, or make a Decimal of it."""
    return to_decimals(type_.effective_decimal_return_scale) if type_.asdecimal else None
