"""The types of standard SQL under their own names: what is written is exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from toolkit_core.types.binary import Binary, LargeBinary
from toolkit_core.types.boolean import Boolean
from toolkit_core.types.number import (
    BigInteger,
    D_co,
    Double,
    Float,
    Integer,
    Numeric,
    R_co,
    SmallInteger,
)
from toolkit_core.types.string import String, Text, Unicode
from toolkit_core.types.temporal import Date, DateTime, Time
from toolkit_core.types.unique_id import U_co, Uuid

if TYPE_CHECKING:
    import uuid


class INTEGER(Integer):
    """SQL's ``INTEGER``."""

    visit_name = "INTEGER"


INT = INTEGER


class SMALLINT(SmallInteger):
    """SQL's ``SMALLINT``."""

    visit_name = "SMALLINT"


class BIGINT(BigInteger):
    """SQL's ``BIGINT``."""

    visit_name = "BIGINT"


class NUMERIC(Numeric[D_co]):
    """SQL's ``NUMERIC``."""

    visit_name = "NUMERIC"


class DECIMAL(Numeric[D_co]):
    """SQL's ``DECIMAL``."""

    visit_name = "DECIMAL"


class FLOAT(Float[R_co]):
    """SQL's ``FLOAT``."""

    visit_name = "FLOAT"


class REAL(Float[R_co]):
    """SQL's ``REAL``."""

    visit_name = "REAL"


class DOUBLE(Double[R_co]):
    """SQL's ``DOUBLE``."""

    visit_name = "DOUBLE"


class DOUBLE_PRECISION(Double[R_co]):  # noqa: N801 - its documented name
    """SQL's ``DOUBLE PRECISION``."""

    visit_name = "DOUBLE_PRECISION"


class BOOLEAN(Boolean):
    """SQL's ``BOOLEAN``."""

    visit_name = "BOOLEAN"


class CHAR(String):
    """SQL's ``CHAR``."""

    visit_name = "CHAR"


class VARCHAR(String):
    """SQL's ``VARCHAR``."""

    visit_name = "VARCHAR"


class NCHAR(Unicode):
    """SQL's ``NCHAR``."""

    visit_name = "NCHAR"


class NVARCHAR(Unicode):
    """SQL's ``NVARCHAR``."""

    visit_name = "NVARCHAR"


class TEXT(Text):
    """SQL's ``TEXT``."""

    visit_name = "TEXT"


class CLOB(Text):
    """SQL's ``CLOB``."""

    visit_name = "CLOB"


class BINARY(Binary):
    """SQL's ``BINARY``."""

    visit_name = "BINARY"


class VARBINARY(Binary):
    """SQL's ``VARBINARY``."""

    visit_name = "VARBINARY"


class BLOB(LargeBinary):
    """SQL's ``BLOB``."""

    visit_name = "BLOB"


class DATE(Date):
    """SQL's ``DATE``."""

    visit_name = "DATE"


class TIME(Time):
    """SQL's ``TIME``."""

    visit_name = "TIME"


class DATETIME(DateTime):
    """SQL's ``DATETIME``."""

    visit_name = "DATETIME"


class TIMESTAMP(DateTime):
    """SQL's ``TIMESTAMP``."""

    visit_name = "TIMESTAMP"


class UUID(Uuid[U_co]):
    """SQL's ``UUID``."""

    visit_name = "UUID"

    @overload
    def __init__(self: UUID[uuid.UUID], as_uuid: Literal[True] = ...) -> None: ...

    @overload
    def __init__(self: UUID[str], as_uuid: Literal[False]) -> None: ...

    def __init__(self, as_uuid: bool = True) -> None:
        if not as_uuid:
            self.as_uuid = as_uuid
