"""Bytes."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import LargeBinary, TypeDialect, Writes
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class BYTEA(LargeBinary):
    """PostgreSQL's ``BYTEA``."""

    visit_name = "BYTEA"


@postgresql_types.literal(LargeBinary)
def write_bytes(type_: Any, dialect: TypeDialect) -> Writes:
    """Write hexadecimal digits.

    https://www.postgresql.org/docs/current/datatype-binary.html
    """
    return typed("BYTEA", dialect, lambda value: f"\\x{bytes(memoryview(value)).hex()}")
