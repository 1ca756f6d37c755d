"""What CAST calls the types: fewer than there are, and by names of its own.

https://dev.mysql.com/doc/refman/9.0/en/cast-functions.html#function_cast
https://mariadb.com/docs/server/reference/sql-functions/string-functions/cast
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.types import with_precision
from toolkit_core.dialect.types import (
    JSON,
    Binary,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Interval,
    Numeric,
    String,
    Time,
    TypeDecorator,
    TypeEngine,
    Uuid,
)
from toolkit_mysql.compiler.types import with_attributes
from toolkit_mysql.types import BIT, INET4, INET6, SET, YEAR

# Beyond so many bits FLOAT means DOUBLE.
_SINGLE = 24


def cast_name(type_: TypeEngine[Any], dialect: Any) -> str | None:
    """Return what CAST calls a type on MySQL; None where it knows none such."""
    here = _inner(type_, dialect)
    if isinstance(here, JSON):
        return "JSON"
    if isinstance(here, Float):
        written: str = dialect.type_rules.write(dialect.style, here)
        return written
    return _shared(here)


def mariadb_cast_name(type_: TypeEngine[Any], dialect: Any) -> str | None:
    """Return what CAST calls a type on MariaDB, where JSON is text."""
    here = _inner(type_, dialect)
    if isinstance(here, Float):
        return _float_name(here)
    if isinstance(here, (INET4, INET6)):
        return here.visit_name
    if isinstance(here, Uuid) and here.native_uuid:
        return "UUID"
    return _shared(here)


def _inner(type_: TypeEngine[Any], dialect: Any) -> TypeEngine[Any]:
    here = type_.dialect_impl(dialect)
    while isinstance(here, TypeDecorator):
        here = here.type_engine(dialect)
    return here


def _shared(here: Any) -> str | None:
    if isinstance(here, (BIT, YEAR, Enum, SET)):
        return None
    if isinstance(here, Integer):
        return "UNSIGNED INTEGER" if getattr(here, "unsigned", False) else "SIGNED INTEGER"
    if isinstance(here, Numeric):
        return with_attributes(with_precision("DECIMAL", here), here)
    if isinstance(here, String):
        return _text_name(here)
    return _of_time_or_bytes(here)


def _of_time_or_bytes(here: Any) -> str | None:
    if isinstance(here, Binary):
        return "BINARY"
    if isinstance(here, Date):
        return "DATE"
    if isinstance(here, (DateTime, Time)):
        name = "TIME" if isinstance(here, Time) else "DATETIME"
        fsp = getattr(here, "fsp", None)
        return name if fsp is None else f"{name}({fsp})"
    return "DATETIME" if isinstance(here, Interval) else None


def _text_name(here: String) -> str:
    sized = here.length is not None and not here.visit_name.upper().endswith("TEXT")
    charset = getattr(here, "charset", None)
    written = f"CHAR({here.length})" if sized else "CHAR"
    return written if charset is None else f"{written} CHARACTER SET {charset}"


def _float_name(here: Float[Any]) -> str:
    """Return FLOAT or DOUBLE: MariaDB's CAST takes no precision."""
    single = here.visit_name in ("float", "FLOAT") and (here.precision or 0) <= _SINGLE
    return "FLOAT" if single else "DOUBLE"
