"""UUIDs as SQLite keeps them: text."""

from __future__ import annotations

import re
from typing import Any

from toolkit_core.dialect.types import UUID, Processor, TypeDialect, digits_of, python_uuid
from toolkit_sqlite.types.table import sqlite_types

# What a column declared as UUID, which has numeric affinity, would take for a number.
_NUMBER = re.compile(r"[0-9]+(e[0-9]+)?")


@sqlite_types.bind(UUID)
def bind_uuid(type_: UUID[Any], dialect: TypeDialect) -> Processor:
    """Send 32 digits, or the form with hyphens where they could be read as a number."""
    digits, uuid = digits_of(type_), python_uuid()

    def convert(value: Any) -> Any:
        if value is None:
            return None
        found = digits(value)
        return str(uuid(found)) if _NUMBER.fullmatch(found) else found

    return convert


@sqlite_types.result(UUID)
def read_uuid(type_: UUID[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Read either form, and what SQLite made a whole number of."""
    uuid, as_uuid = python_uuid(), type_.as_uuid

    def convert(value: Any) -> Any:
        if value is None:
            return None
        text = str(value).zfill(32) if isinstance(value, int) else value
        found = uuid(text)
        return found if as_uuid else str(found)

    return convert
