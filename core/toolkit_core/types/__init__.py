"""The types of columns and expressions: one file per family.

What every statement needs is imported at once, the rest when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from toolkit_core.types.boolean import Boolean, MatchType
from toolkit_core.types.number import (
    BigInteger,
    Double,
    Float,
    Integer,
    Numeric,
    NumericCommon,
    SmallInteger,
)
from toolkit_core.types.string import STRINGTYPE, String, Text, Unicode, UnicodeText
from toolkit_core.types.table import TypeDialect, TypeTable, generic
from toolkit_core.types.type_engine import (
    NULLTYPE,
    PLAIN,
    NullType,
    TypeEngine,
    to_instance,
    type_of_value,
)

if TYPE_CHECKING:
    from toolkit_core.types.array import ARRAY
    from toolkit_core.types.binary import Binary, LargeBinary
    from toolkit_core.types.coercion import operate_type
    from toolkit_core.types.decorator import TypeDecorator
    from toolkit_core.types.enumeration import Enum
    from toolkit_core.types.external import ExternalType, UserDefinedType
    from toolkit_core.types.interval import Interval
    from toolkit_core.types.json_type import JSON
    from toolkit_core.types.literals import write_literal
    from toolkit_core.types.operator_class import OperatorClass
    from toolkit_core.types.pickled import PickleType
    from toolkit_core.types.schema_type import SchemaType
    from toolkit_core.types.shapes import Concatenable, Indexable
    from toolkit_core.types.sql_standard import (
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
        INT,
        INTEGER,
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
    )
    from toolkit_core.types.temporal import Date, DateTime, Time
    from toolkit_core.types.tuple_type import TupleType
    from toolkit_core.types.unique_id import Uuid
    from toolkit_core.types.utc import UtcDateTime
    from toolkit_core.types.variant import Variant, adapt_type

    _Binary = Binary

# Whoever asks for a type of a value must find the plain ones.
import_module("toolkit_core.types.values")

_HOMES = {
    "ARRAY": "array",
    "BIGINT": "sql_standard",
    "BINARY": "sql_standard",
    "BLOB": "sql_standard",
    "BOOLEAN": "sql_standard",
    "Binary": "binary",
    "CHAR": "sql_standard",
    "CLOB": "sql_standard",
    "Concatenable": "shapes",
    "DATE": "sql_standard",
    "DATETIME": "sql_standard",
    "DECIMAL": "sql_standard",
    "DOUBLE": "sql_standard",
    "DOUBLE_PRECISION": "sql_standard",
    "Date": "temporal",
    "DateTime": "temporal",
    "Enum": "enumeration",
    "ExternalType": "external",
    "FLOAT": "sql_standard",
    "INT": "sql_standard",
    "INTEGER": "sql_standard",
    "Indexable": "shapes",
    "Interval": "interval",
    "JSON": "json_type",
    "LargeBinary": "binary",
    "NCHAR": "sql_standard",
    "NUMERIC": "sql_standard",
    "NVARCHAR": "sql_standard",
    "OperatorClass": "operator_class",
    "PickleType": "pickled",
    "REAL": "sql_standard",
    "SMALLINT": "sql_standard",
    "SchemaType": "schema_type",
    "TEXT": "sql_standard",
    "TIME": "sql_standard",
    "TIMESTAMP": "sql_standard",
    "Time": "temporal",
    "TupleType": "tuple_type",
    "TypeDecorator": "decorator",
    "UUID": "sql_standard",
    "UserDefinedType": "external",
    "UtcDateTime": "utc",
    "Uuid": "unique_id",
    "VARBINARY": "sql_standard",
    "VARCHAR": "sql_standard",
    "Variant": "variant",
    "_Binary": "binary",
    "adapt_type": "variant",
    "operate_type": "coercion",
    "write_literal": "literals",
}

__all__ = [
    "ARRAY",
    "BIGINT",
    "BINARY",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "CLOB",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "DOUBLE_PRECISION",
    "FLOAT",
    "INT",
    "INTEGER",
    "JSON",
    "NCHAR",
    "NULLTYPE",
    "NUMERIC",
    "NVARCHAR",
    "PLAIN",
    "REAL",
    "SMALLINT",
    "STRINGTYPE",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "UUID",
    "VARBINARY",
    "VARCHAR",
    "BigInteger",
    "Binary",
    "Boolean",
    "Concatenable",
    "Date",
    "DateTime",
    "Double",
    "Enum",
    "ExternalType",
    "Float",
    "Indexable",
    "Integer",
    "Interval",
    "LargeBinary",
    "MatchType",
    "NullType",
    "Numeric",
    "NumericCommon",
    "OperatorClass",
    "PickleType",
    "SchemaType",
    "SmallInteger",
    "String",
    "Text",
    "Time",
    "TupleType",
    "TypeDecorator",
    "TypeDialect",
    "TypeEngine",
    "TypeTable",
    "Unicode",
    "UnicodeText",
    "UserDefinedType",
    "UtcDateTime",
    "Uuid",
    "Variant",
    "_Binary",
    "adapt_type",
    "generic",
    "operate_type",
    "to_instance",
    "type_of_value",
    "write_literal",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
