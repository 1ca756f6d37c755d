"""The types as a dialect needs them: their classes, and the parts that its own are made of."""

from toolkit_core.types import (
    ARRAY,
    JSON,
    UUID,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Time,
    TypeDialect,
    TypeEngine,
    TypeTable,
    Uuid,
    generic,
)
from toolkit_core.types.boolean import strict_bool
from toolkit_core.types.json_type import JSON_NULL, deserializer, path_text, serializer
from toolkit_core.types.literals import quoted
from toolkit_core.types.number import (
    decimal_class,
    decimal_text,
    float_text,
    to_decimals,
    to_float,
    whole,
)
from toolkit_core.types.string import text_literal
from toolkit_core.types.table import Processor, Writes
from toolkit_core.types.unique_id import digits_of, python_uuid

__all__ = [
    "ARRAY",
    "JSON",
    "JSON_NULL",
    "UUID",
    "Boolean",
    "Date",
    "DateTime",
    "Float",
    "Integer",
    "LargeBinary",
    "Numeric",
    "Processor",
    "String",
    "Time",
    "TypeDialect",
    "TypeEngine",
    "TypeTable",
    "Uuid",
    "Writes",
    "decimal_class",
    "decimal_text",
    "deserializer",
    "digits_of",
    "float_text",
    "generic",
    "path_text",
    "python_uuid",
    "quoted",
    "serializer",
    "strict_bool",
    "text_literal",
    "to_decimals",
    "to_float",
    "whole",
]
