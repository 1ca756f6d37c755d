"""The types of columns and expressions: one file per family."""

from toolkit_core.types.boolean import Boolean
from toolkit_core.types.number import Integer
from toolkit_core.types.string import String
from toolkit_core.types.type_engine import NULLTYPE, NullType, TypeEngine
from toolkit_core.types.values import PLAIN, type_of_value

__all__ = [
    "NULLTYPE",
    "PLAIN",
    "Boolean",
    "Integer",
    "NullType",
    "String",
    "TypeEngine",
    "type_of_value",
]
