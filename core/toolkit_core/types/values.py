"""Which type a plain Python value suggests."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from toolkit_core.types.boolean import Boolean
from toolkit_core.types.number import BigInteger, Double, Integer, Numeric
from toolkit_core.types.string import STRINGTYPE
from toolkit_core.types.type_engine import NULLTYPE, PLAIN, UNSEEN, Large, TypeEngine, type_of_value

__all__ = ["PLAIN", "type_of_value"]

PLAIN.update(
    {
        bool: Boolean(),
        int: Integer(),
        Large: BigInteger(),
        float: Double(),
        str: STRINGTYPE,
        type(None): NULLTYPE,
    }
)


def _numeric() -> TypeEngine[Any]:
    return Numeric()


def _named(module: str, name: str) -> Any:
    """Return what makes a type whose module is imported only when such a value is met."""

    def make() -> TypeEngine[Any]:
        found: TypeEngine[Any] = getattr(import_module(f"toolkit_core.types.{module}"), name)()
        return found

    return make


UNSEEN.update(
    {
        ("decimal", "Decimal"): _numeric,
        ("datetime", "date"): _named("temporal", "Date"),
        ("datetime", "datetime"): _named("temporal", "DateTime"),
        ("datetime", "time"): _named("temporal", "Time"),
        ("datetime", "timedelta"): _named("interval", "Interval"),
        ("uuid", "UUID"): _named("unique_id", "Uuid"),
        ("builtins", "bytes"): _named("binary", "LargeBinary"),
    }
)
