"""Bit strings.  https://www.postgresql.org/docs/current/datatype-bit.html."""

from __future__ import annotations

from collections.abc import Callable
from operator import and_, or_, xor
from typing import Any, Literal, SupportsIndex

from toolkit_core.dialect import Self
from toolkit_core.dialect.expressions import ColumnElement, Comparator, operators
from toolkit_core.dialect.types import OperatorClass, Processor, TypeDialect, TypeEngine, Writes
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class BitString(str):
    """Zeros and ones, as text that can also be counted with.

    >>> BitString("1010") & BitString("0110"), ~BitString("10")
    (BitString("0010"), BitString("01"))
    """

    __slots__ = ()

    def __new__(cls, _value: str, _check: bool = True) -> Self:
        """Make one of zeros and ones."""
        if _check and _value.strip("01"):
            raise ValueError("BitString must only contain '0' and '1' chars")
        return super().__new__(cls, _value)

    @classmethod
    def from_int(cls, value: int, length: int) -> Self:
        """Make one of a number, of so many bits.

        >>> BitString.from_int(5, length=8)
        BitString("00000101")
        """
        if value < 0 or value.bit_length() > length:
            raise ValueError(f"{value} cannot be written with {length} bits")
        return cls(f"{value:0{length}b}" if length else "")

    @classmethod
    def from_bytes(cls, value: bytes, length: int = -1) -> Self:
        """Make one of bytes, of their last ``length`` bits."""
        bits = "".join([f"{byte:08b}" for byte in value])
        if length < 0:
            return cls(bits)
        if "1" in bits[: max(len(bits) - length, 0)]:
            raise ValueError(f"{value!r} has more than {length} bits")
        return cls(bits[-length:].rjust(length, "0") if length else "")

    @property
    def bit_length(self) -> int:
        """How many bits there are."""
        return len(self)

    @property
    def octet_length(self) -> int:
        """How many bytes hold them."""
        return (len(self) + 7) // 8

    def get_bit(self, index: int) -> Literal["0", "1"]:
        """Return one bit, counted from the left."""
        return "1" if str(self)[index] == "1" else "0"

    def set_bit(self, index: int, value: bool | int | Literal["0", "1"]) -> BitString:
        """Return a copy with another bit in one place.

        >>> BitString("1010").set_bit(1, 1)
        BitString("1110")
        """
        bits = list(self)
        bits[index] = "1" if value in (1, "1") else "0"
        return BitString("".join(bits))

    def to_bytes(self, length: int = -1) -> bytes:
        """Return the bits as bytes, with zeros before them."""
        return int(self).to_bytes(self.octet_length if length < 0 else length, "big")

    def __int__(self) -> int:
        return int(str(self), 2) if self else 0

    def __getitem__(self, key: SupportsIndex | slice) -> BitString:
        return BitString(super().__getitem__(key), False)

    def __add__(self, other: str) -> BitString:
        return BitString(super().__add__(other))

    def __invert__(self) -> BitString:
        return BitString(self.translate({48: 49, 49: 48}), False)

    def __and__(self, other: str) -> BitString:
        return self._with(other, and_)

    def __or__(self, other: str) -> BitString:
        return self._with(other, or_)

    def __xor__(self, other: str) -> BitString:
        return self._with(other, xor)

    def __lshift__(self, amount: int) -> BitString:
        return BitString((str(self)[amount:]).ljust(len(self), "0"), False)

    def __rshift__(self, amount: int) -> BitString:
        return BitString(str(self)[: max(len(self) - amount, 0)].rjust(len(self), "0"), False)

    def _with(self, other: str, combine: Callable[[int, int], int]) -> BitString:
        if len(other) != len(self):
            raise ValueError("Operands must be the same length")
        return BitString.from_int(combine(int(self), int(BitString(other))), len(self))

    def __repr__(self) -> str:
        return f'BitString("{str.__str__(self)}")'


class BITComparator(Comparator):
    """The operators of bit strings: ``&``, ``|``, ``~`` work on bits, not on conditions."""

    def __and__(self, other: Any) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_and_op, other)  # type: ignore[no-any-return]

    def __or__(self, other: Any) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_or_op, other)  # type: ignore[no-any-return]

    def __xor__(self, other: Any) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_xor_op, other)  # type: ignore[no-any-return]

    def __invert__(self) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_not_op)  # type: ignore[no-any-return]

    def __lshift__(self, other: Any) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_lshift_op, other)  # type: ignore[no-any-return]

    def __rshift__(self, other: Any) -> ColumnElement[Any]:
        return self.operate(operators.bitwise_rshift_op, other)  # type: ignore[no-any-return]


class BIT(TypeEngine[BitString]):
    """PostgreSQL's ``BIT``, or ``BIT VARYING``: a ``BitString``."""

    visit_name = "BIT"
    operator_classes = (
        OperatorClass.BASE
        | OperatorClass.COMPARISON
        | OperatorClass.BITWISE
        | OperatorClass.CONCATENABLE
    )

    Comparator: Any = BITComparator
    comparator_factory: Any = BITComparator

    length: int | None = None
    varying: bool = False

    def __init__(self, length: int | None = None, varying: bool = False) -> None:
        if varying:
            self.varying = varying
            if length is not None:
                self.length = length
        else:
            self.length = length or 1

    @property
    def python_type(self) -> type[Any]:
        """``BitString``."""
        return BitString

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for bits, also as plain text."""
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)


def _bits(value: Any) -> str:
    return str.__str__(BitString(value))


@postgresql_types.bind(BIT)
def bind_bits(type_: BIT, dialect: TypeDialect) -> Processor:
    """Send plain text."""
    return lambda value: None if value is None else _bits(value)


@postgresql_types.result(BIT)
def read_bits(type_: BIT, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a ``BitString`` of the text."""
    return lambda value: None if value is None else BitString(value, False)


@postgresql_types.literal(BIT)
def write_bits(type_: BIT, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed(type_.compile(dialect), dialect, _bits)
