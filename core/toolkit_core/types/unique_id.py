"""UUIDs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from toolkit_core.newer_typing import TypeVar
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.string import text_literal
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine

if TYPE_CHECKING:
    import uuid

U_co = TypeVar("U_co", default="uuid.UUID", covariant=True)


class Uuid(TypeEngine[U_co]):
    """A UUID, as Python's ``uuid.UUID`` or as a string.

    Where the database has no type for it, or ``native_uuid`` is false, its 32 digits are stored.
    """

    visit_name = "uuid"
    operator_classes = OperatorClass.BASE | OperatorClass.COMPARISON

    as_uuid: bool = True
    native_uuid: bool = True
    length: int | None = None
    collation: str | None = None

    @overload
    def __init__(
        self: Uuid[uuid.UUID], as_uuid: Literal[True] = ..., native_uuid: bool = ...
    ) -> None: ...

    @overload
    def __init__(self: Uuid[str], as_uuid: Literal[False], native_uuid: bool = ...) -> None: ...

    def __init__(self, as_uuid: bool = True, native_uuid: bool = True) -> None:
        if not as_uuid:
            self.as_uuid = as_uuid
        if not native_uuid:
            self.native_uuid = native_uuid

    @property
    def python_type(self) -> type[Any]:
        """``uuid.UUID``, or ``str``."""
        return python_uuid() if self.as_uuid else str

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for a string, too: what is compared with a UUID is one."""
        if isinstance(value, str):
            return self
        return super().coerce_compared_value(op, value)


Uuid.family = Uuid


def python_uuid() -> type[Any]:
    """Return ``uuid.UUID``."""
    found: type[Any] = import_module("uuid").UUID
    return found


def digits_of(type_: Uuid[Any]) -> Processor:
    """Return what makes 32 digits of the type's values; what is no UUID is refused.

    >>> digits_of(Uuid(as_uuid=False))("6B29FC40-CA47-1067-B31D-00DD010662DA")
    '6b29fc40ca471067b31d00dd010662da'
    """
    uuid = python_uuid()

    def from_uuid(value: Any) -> Any:
        if not isinstance(value, uuid):
            raise TypeError(
                f"a uuid.UUID is expected, not {value!r}: make one of it, or use "
                "Uuid(as_uuid=False)"
            )
        return value.hex

    def from_text(value: Any) -> Any:
        if not isinstance(value, str):
            raise TypeError(f"a string is expected, not {value!r}: Uuid() takes uuid.UUID objects")
        return uuid(value).hex

    return from_uuid if type_.as_uuid else from_text


@generic.bind(Uuid)
def bind_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Processor:
    """Store the digits."""
    digits = digits_of(type_)
    return lambda value: None if value is None else digits(value)


@generic.result(Uuid)
def read_uuid(type_: Uuid[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Read the digits."""
    uuid, as_uuid = python_uuid(), type_.as_uuid

    def convert(value: Any) -> Any:
        if value is None:
            return None
        found = value if isinstance(value, uuid) else uuid(value)
        return found if as_uuid else str(found)

    return convert


@generic.literal(Uuid)
def write_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Writes:
    """Write the digits."""
    digits, write = digits_of(type_), text_literal(dialect)
    return lambda value: write(digits(value))
