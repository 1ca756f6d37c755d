"""Writing types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.compiler.type_rules import TypeRules
from toolkit_core.errors import CompileError
from toolkit_core.facts import Style
from toolkit_core.types import (
    BIGINT,
    BINARY,
    BLOB,
    BOOLEAN,
    CHAR,
    CLOB,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    DOUBLE_PRECISION,
    FLOAT,
    INTEGER,
    JSON,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    UUID,
    VARBINARY,
    VARCHAR,
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
    NullType,
    Numeric,
    NumericCommon,
    SmallInteger,
    String,
    Text,
    Time,
    TypeEngine,
    UserDefinedType,
    Uuid,
)

ansi_types = TypeRules("ansi")

# Types that are a name and nothing else.
NAMES: dict[type[TypeEngine[Any]], str] = {
    BigInteger: "BIGINT",
    Boolean: "BOOLEAN",
    Date: "DATE",
    DateTime: "DATETIME",
    Double: "DOUBLE",
    Float: "FLOAT",
    Integer: "INTEGER",
    Interval: "DATETIME",
    JSON: "JSON",
    LargeBinary: "BLOB",
    SmallInteger: "SMALLINT",
    Time: "TIME",
    BIGINT: "BIGINT",
    BLOB: "BLOB",
    BOOLEAN: "BOOLEAN",
    CLOB: "CLOB",
    DATE: "DATE",
    DATETIME: "DATETIME",
    DOUBLE: "DOUBLE",
    DOUBLE_PRECISION: "DOUBLE PRECISION",
    FLOAT: "FLOAT",
    INTEGER: "INTEGER",
    REAL: "REAL",
    SMALLINT: "SMALLINT",
    TIME: "TIME",
    TIMESTAMP: "TIMESTAMP",
    UUID: "UUID",
}

# Types of text, which may have a length and a collation.
TEXT_NAMES: dict[type[String], str] = {
    String: "VARCHAR",
    Text: "TEXT",
    CHAR: "CHAR",
    NCHAR: "NCHAR",
    NVARCHAR: "NVARCHAR",
    TEXT: "TEXT",
    VARCHAR: "VARCHAR",
}


def _first(names: Mapping[type[Any], str], type_: TypeEngine[Any]) -> str:
    """Return the name that a table has for the class of a type, or for its nearest parent."""
    cls = type(type_)
    found = names.get(cls)
    return found or next(names[parent] for parent in cls.__mro__ if parent in names)


@ansi_types(*NAMES)
def write_name(style: Style, type_: TypeEngine[Any]) -> str:
    """Write the name."""
    return _first(NAMES, type_)


@ansi_types(*TEXT_NAMES)
def write_string(style: Style, type_: String) -> str:
    """Write the name, the length and the collation."""
    return with_collation(style, with_length(_first(TEXT_NAMES, type_), type_.length), type_)


@ansi_types(Enum)
def write_enum(style: Style, type_: Enum[Any]) -> str:
    """Write a VARCHAR that every word fits into."""
    return with_collation(style, with_length("VARCHAR", type_.length), type_)


@ansi_types(BINARY, VARBINARY)
def write_binary(style: Style, type_: BINARY | VARBINARY) -> str:
    """Write the name and the length."""
    return with_length("BINARY" if isinstance(type_, BINARY) else "VARBINARY", type_.length)


@ansi_types(Numeric, NUMERIC)
def write_numeric(style: Style, type_: Numeric[Any]) -> str:
    """Write NUMERIC with its precision and scale."""
    return with_precision("NUMERIC", type_)


@ansi_types(DECIMAL)
def write_decimal(style: Style, type_: DECIMAL[Any]) -> str:
    """Write DECIMAL with its precision and scale."""
    return with_precision("DECIMAL", type_)


@ansi_types(Uuid)
def write_uuid(style: Style, type_: Uuid[Any]) -> str:
    """Write room for 32 digits."""
    return "CHAR(32)"


@ansi_types(UserDefinedType)
def write_user_defined(style: Style, type_: Any) -> str:
    """Write what the type says."""
    spec = getattr(type_, "get_col_spec", None)
    if spec is None:
        raise CompileError(
            f"{type_!r} has no get_col_spec()", hint="it returns the type as DDL has it"
        )
    text: str = spec()
    return text


@ansi_types(NullType)
def write_null(style: Style, type_: NullType) -> str:
    """Refuse: nobody said what the column holds."""
    raise CompileError(
        f"Can't generate DDL for {type_!r}; did you forget to specify a type on this Column?"
    )


def with_length(name: str, length: int | None) -> str:
    """Return a name with a length, if there is one."""
    return f"{name}({length})" if length else name


def with_collation(style: Style, written: str, type_: Any) -> str:
    """Return a type with its collation, if there is one."""
    if type_.collation is None:
        return written
    name = style.quoted(type_.collation)
    if type_.collation_schema is not None:
        name = f"{style.quoted(type_.collation_schema)}.{name}"
    return f"{written} COLLATE {name}"


def with_precision(name: str, type_: NumericCommon[Any]) -> str:
    """Return a name with precision and scale, as far as there are."""
    if type_.precision is None:
        return name
    if type_.scale is None:
        return f"{name}({type_.precision})"
    return f"{name}({type_.precision}, {type_.scale})"
