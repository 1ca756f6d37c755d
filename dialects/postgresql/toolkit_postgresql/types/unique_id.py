"""UUIDs, which PostgreSQL has a type for."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import (
    Processor,
    TypeDialect,
    Uuid,
    Writes,
    digits_of,
    generic,
    python_uuid,
)
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


def with_hyphens(type_: Uuid[Any]) -> Processor:
    """Return what makes the usual text of a UUID, or of text that is one."""
    digits, uuid = digits_of(type_), python_uuid()

    def convert(value: Any) -> Any:
        if value is None or isinstance(value, uuid):
            return None if value is None else str(value)
        return str(uuid(value if isinstance(value, str) else digits(value)))

    return convert


@postgresql_types.bind(Uuid)
def bind_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Processor:
    """Send the text; digits alone where they are stored as such."""
    if type_.native_uuid:
        return with_hyphens(type_)
    digits = digits_of(type_)
    return lambda value: None if value is None else digits(value)


@postgresql_types.literal(Uuid)
def write_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Writes | None:
    """Write the text, or the digits."""
    if type_.native_uuid:
        return typed("UUID", dialect, with_hyphens(type_))
    found = generic.literal.find(Uuid)
    return None if found is None else found(type_, dialect)
