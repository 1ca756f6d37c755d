"""What mypy and pyright see of the types; read by `make check`, never run."""

import datetime as dt
import enum
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from typing_extensions import assert_type

from toolkit import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    String,
    Text,
    Time,
    TypeDecorator,
    UtcDateTime,
    Uuid,
)
from toolkit.types import NUMERIC, UUID, VARCHAR, TypeEngine, UserDefinedType

T = TypeVar("T")


class Colour(enum.Enum):
    red = 1
    green = 2


class Money(TypeDecorator[Decimal]):
    impl = Numeric
    cache_ok = True


class Point(UserDefinedType[tuple[float, float]]):
    cache_ok = True

    def get_col_spec(self, **kw: Any) -> str:
        return "POINT"


def value_of(type_: TypeEngine[T] | type[TypeEngine[T]]) -> T:
    """The type of a type's values, as a column of it has them."""
    raise NotImplementedError(type_)


assert_type(value_of(Integer), int)
assert_type(value_of(Integer()), int)
assert_type(value_of(BigInteger()), int)
assert_type(value_of(String), str)
assert_type(value_of(String(50)), str)
assert_type(value_of(Text()), str)
assert_type(value_of(VARCHAR(5)), str)
assert_type(value_of(Boolean()), bool)
assert_type(value_of(LargeBinary()), bytes)
assert_type(value_of(Date()), dt.date)
assert_type(value_of(DateTime(timezone=True)), dt.datetime)
assert_type(value_of(UtcDateTime()), dt.datetime)
assert_type(value_of(Time()), dt.time)
assert_type(value_of(Interval()), dt.timedelta)
assert_type(value_of(PickleType()), Any)
assert_type(value_of(JSON()), Any)

# Numbers are Decimal or float as ``asdecimal`` says.
assert_type(value_of(Numeric()), Decimal)
assert_type(value_of(Numeric(10, 2)), Decimal)
assert_type(value_of(Numeric(10, 2, asdecimal=True)), Decimal)
assert_type(value_of(Numeric(10, 2, asdecimal=False)), float)
assert_type(value_of(NUMERIC(10, 2)), Decimal)
assert_type(value_of(NUMERIC(asdecimal=False)), float)
assert_type(value_of(Float()), float)
assert_type(value_of(Float(53)), float)
assert_type(value_of(Float(asdecimal=True)), Decimal)
assert_type(value_of(Double()), float)
assert_type(value_of(Double(asdecimal=True)), Decimal)

assert_type(value_of(Uuid()), uuid.UUID)
assert_type(value_of(Uuid(as_uuid=False)), str)
assert_type(value_of(UUID()), uuid.UUID)
assert_type(value_of(UUID(as_uuid=False)), str)

# An Enum has the members of its class, or strings.
assert_type(Enum(Colour), Enum[Colour])
assert_type(value_of(Enum(Colour)), Colour)
assert_type(value_of(Enum(Colour, values_callable=lambda cls: [m.name for m in cls])), Colour)
assert_type(value_of(Enum("a", "b")), str)

assert_type(value_of(ARRAY(Integer)), Sequence[int])
assert_type(value_of(ARRAY(String(5), dimensions=2)), Sequence[str])

assert_type(value_of(Money()), Decimal)
assert_type(value_of(Point()), tuple[float, float])

# A variant is another type for the database, not for the checker.
assert_type(String(5).with_variant(Text(), "mysql"), String)
assert_type(Enum(Colour).with_variant(String(), "sqlite"), Enum[Colour])
