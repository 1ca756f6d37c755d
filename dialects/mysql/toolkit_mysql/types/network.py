"""Addresses of the internet, which MariaDB has types for.

https://mariadb.com/docs/server/reference/data-types/string-data-types/inet6
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import TypeDialect, TypeEngine, Writes, text_literal
from toolkit_mysql.types.table import mysql_types


class INET4(TypeEngine[str]):
    """MariaDB's ``INET4``."""

    visit_name = "INET4"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


class INET6(TypeEngine[str]):
    """MariaDB's ``INET6``, which takes addresses of the older kind, too."""

    visit_name = "INET6"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


@mysql_types.literal(INET4, INET6)
def write_address(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write the address in quotes."""
    return text_literal(dialect)
