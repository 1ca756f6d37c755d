"""Bytes."""

from __future__ import annotations

from typing import Any

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine


class Binary(TypeEngine[bytes]):
    """What all types for bytes have in common."""

    visit_name = "binary"
    operator_classes = OperatorClass.BINARY

    length: int | None = None

    def __init__(self, length: int | None = None) -> None:
        if length is not None:
            self.length = length

    @property
    def python_type(self) -> type[Any]:
        """``bytes``."""
        return bytes

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``BINARY``."""
        return getattr(dbapi, "BINARY", None)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for text, too: what is compared with bytes is bytes."""
        if isinstance(value, str):
            return self
        return super().coerce_compared_value(op, value)

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return the portable type."""
        return self.adapt(LargeBinary)


Binary.family = Binary
# Under this name programs ask whether a type is one for bytes.
_Binary = Binary


class LargeBinary(Binary):
    """Bytes of any length."""

    visit_name = "large_binary"


def hexadecimal(value: Any) -> str:
    """Write bytes as SQL's hexadecimal string.

    >>> hexadecimal(b"a'")
    "X'6127'"
    """
    return f"X'{bytes(memoryview(value)).hex()}'"


def to_bytes(value: Any) -> bytes | None:
    """Return what the driver gives, a memoryview or such, as bytes."""
    return None if value is None else bytes(value)


def as_buffer(value: Any) -> Any:
    """Return what has bytes; refuse text, which has none before it is encoded."""
    if value is None or value.__class__ is bytes:
        return value
    return memoryview(value)


@generic.bind(Binary)
def bind_binary(type_: Binary, dialect: TypeDialect) -> Processor:
    """Let through what has bytes."""
    return as_buffer


@generic.result(Binary)
def read_binary(type_: Binary, dialect: TypeDialect, coltype: Any) -> Processor:
    """Give bytes."""
    return to_bytes


@generic.literal(Binary)
def write_binary(type_: Binary, dialect: TypeDialect) -> Writes:
    """Write hexadecimal digits."""
    return hexadecimal
