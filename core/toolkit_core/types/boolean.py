"""True and false."""

from __future__ import annotations

from typing import Any

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.schema_type import SchemaType
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine


class Boolean(SchemaType, TypeEngine[bool]):
    """True or false; 1 and 0 where the database has no type for it.

    ``create_constraint`` adds a CHECK there, under ``name``.
    """

    visit_name = "boolean"
    operator_classes = OperatorClass.BOOLEAN

    create_constraint: bool = False

    def __init__(self, create_constraint: bool = False, name: str | None = None) -> None:
        if create_constraint:
            self.create_constraint = create_constraint
        if name is not None:
            self.name = name

    @property
    def python_type(self) -> type[Any]:
        """``bool``."""
        return bool


Boolean.family = Boolean


class MatchType(Boolean):
    """What ``match()`` gives: true or false, and a number on some databases."""

    visit_name = "matchtype"


def strict_bool(value: Any) -> bool | None:
    """Return None, True or False, of these and of 1 and 0; refuse everything else.

    >>> strict_bool(1), strict_bool(None)
    (True, None)
    """
    if value is None or value is True or value is False:
        found: bool | None = value
        return found
    if isinstance(value, (int, float)):
        if value in (0, 1):
            return bool(value)
        raise ValueError(f"Value {value!r} is not None, True, or False")
    raise TypeError(f"Not a boolean value: {value!r}")


@generic.bind(Boolean)
def bind_boolean(type_: Boolean, dialect: TypeDialect) -> Processor:
    """Let nothing through that is neither true nor false."""
    return strict_bool


@generic.literal(Boolean)
def write_boolean(type_: Boolean, dialect: TypeDialect) -> Writes:
    """Write the words."""
    return lambda value: "true" if strict_bool(value) else "false"
