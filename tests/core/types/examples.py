"""One type of each kind, by the short names that the golden tables use."""

from __future__ import annotations

import enum
from typing import Any

from toolkit_core.types import (
    ARRAY,
    JSON,
    NULLTYPE,
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
    TypeEngine,
    Unicode,
    UserDefinedType,
    Uuid,
)


class E(enum.Enum):
    a = 1
    bb = 2


class UD(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self) -> str:
        return "UD"


class TD(TypeDecorator[int]):
    impl = Integer
    cache_ok = True


class TDS(TypeDecorator[str]):
    impl = String
    cache_ok = True


EXAMPLES: dict[str, TypeEngine[Any]] = {
    "int": Integer(),
    "big": BigInteger(),
    "num": Numeric(10, 2),
    "flt": Float(),
    "dbl": Double(),
    "str": String(5),
    "text": Text(),
    "uni": Unicode(),
    "enum": Enum(E),
    "bool": Boolean(),
    "date": Date(),
    "dtm": DateTime(),
    "time": Time(),
    "intv": Interval(),
    "bin": LargeBinary(),
    "uuid": Uuid(),
    "json": JSON(),
    "arr": ARRAY(Integer),
    "null": NULLTYPE,
    "pick": PickleType(),
    "ud": UD(),
    "td": TD(),
    "tds": TDS(),
}
