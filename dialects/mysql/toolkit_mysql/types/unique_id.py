"""UUIDs, which MariaDB has a type for.

https://mariadb.com/docs/server/reference/data-types/string-data-types/uuid-data-type
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import (
    Processor,
    TypeDialect,
    Uuid,
    Writes,
    digits_of,
    python_uuid,
    text_literal,
)
from toolkit_mysql.types.table import mariadb_types


@mariadb_types.bind(Uuid)
def bind_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Processor:
    """Send it with hyphens, as MariaDB shows it, or the digits where it is kept as text."""
    return _sender(type_)


def _sender(type_: Uuid[Any]) -> Processor:
    digits, uuid, native = digits_of(type_), python_uuid(), type_.native_uuid

    def convert(value: Any) -> Any:
        if value is None:
            return None
        found = digits(value)
        return str(uuid(found)) if native else found

    return convert


@mariadb_types.literal(Uuid)
def write_uuid(type_: Uuid[Any], dialect: TypeDialect) -> Writes:
    """Write what is sent."""
    write, bind = text_literal(dialect), _sender(type_)
    return lambda value: write(bind(value))
