"""Names and numbers of the database's own objects.

https://www.postgresql.org/docs/current/datatype-oid.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import TypeDialect, TypeEngine, Writes, whole
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class OID(TypeEngine[int]):
    """The number of an object."""

    visit_name = "OID"

    @property
    def python_type(self) -> type[Any]:
        """``int``."""
        return int


class REGCLASS(TypeEngine[str]):
    """The name of a table, or of what is like one."""

    visit_name = "REGCLASS"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


class REGCONFIG(TypeEngine[str]):
    """The name of a configuration of text search."""

    visit_name = "REGCONFIG"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


@postgresql_types.literal(OID)
def write_oid(type_: OID, dialect: TypeDialect) -> Writes:
    """Write the number."""
    return lambda value: f"{whole(value)}::OID"


@postgresql_types.literal(REGCLASS, REGCONFIG)
def write_object(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write the name."""
    return typed(type_.visit_name, dialect)
