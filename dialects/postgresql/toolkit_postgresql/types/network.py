"""Addresses of networks: text, or objects of the module ``ipaddress``.

https://www.postgresql.org/docs/current/datatype-net-types.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import Processor, TypeDialect, TypeEngine, Writes
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class NetworkAddress(TypeEngine[Any]):
    """What the four have in common: what is compared with an address is one."""

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself: text beside an address is one."""
        return self


class INET(NetworkAddress):
    """An address, which may say its network: psycopg2 gives text, psycopg ``ipaddress``."""

    visit_name = "INET"


class CIDR(NetworkAddress):
    """A network: psycopg2 gives text, psycopg ``ipaddress``."""

    visit_name = "CIDR"


class MACADDR(NetworkAddress):
    """A hardware's address, of six bytes: text."""

    visit_name = "MACADDR"


class MACADDR8(NetworkAddress):
    """A hardware's address, of eight bytes: text."""

    visit_name = "MACADDR8"


@postgresql_types.bind(NetworkAddress)
def bind_address(type_: NetworkAddress, dialect: TypeDialect) -> Processor:
    """Send the text."""
    return lambda value: value if value is None else str(value)


@postgresql_types.literal(NetworkAddress)
def write_address(type_: NetworkAddress, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed(type_.visit_name, dialect)
