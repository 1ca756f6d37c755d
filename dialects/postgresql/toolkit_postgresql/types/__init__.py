"""How values travel to PostgreSQL and back, and the types that only it has."""

from toolkit_postgresql.types import unique_id
from toolkit_postgresql.types.array import ARRAY
from toolkit_postgresql.types.binary import BYTEA
from toolkit_postgresql.types.bits import BIT, BitString
from toolkit_postgresql.types.hstore import HSTORE
from toolkit_postgresql.types.json_type import JSON, JSONB, JSONPATH
from toolkit_postgresql.types.named import (
    DOMAIN,
    ENUM,
    CreateDomainType,
    CreateEnumType,
    DropDomainType,
    DropEnumType,
    NamedType,
)
from toolkit_postgresql.types.network import CIDR, INET, MACADDR, MACADDR8
from toolkit_postgresql.types.number import MONEY
from toolkit_postgresql.types.objects import OID, REGCLASS, REGCONFIG
from toolkit_postgresql.types.range import MultiRange, Range
from toolkit_postgresql.types.ranges import (
    DATEMULTIRANGE,
    DATERANGE,
    INT4MULTIRANGE,
    INT4RANGE,
    INT8MULTIRANGE,
    INT8RANGE,
    NUMMULTIRANGE,
    NUMRANGE,
    TSMULTIRANGE,
    TSRANGE,
    TSTZMULTIRANGE,
    TSTZRANGE,
    AbstractMultiRange,
    AbstractRange,
    AbstractSingleRange,
)
from toolkit_postgresql.types.search import TSQUERY, TSVECTOR
from toolkit_postgresql.types.string import CITEXT
from toolkit_postgresql.types.table import postgresql_types
from toolkit_postgresql.types.temporal import INTERVAL, TIME, TIMESTAMP

__all__ = [
    "ARRAY",
    "BIT",
    "BYTEA",
    "CIDR",
    "CITEXT",
    "DATEMULTIRANGE",
    "DATERANGE",
    "DOMAIN",
    "ENUM",
    "HSTORE",
    "INET",
    "INT4MULTIRANGE",
    "INT4RANGE",
    "INT8MULTIRANGE",
    "INT8RANGE",
    "INTERVAL",
    "JSON",
    "JSONB",
    "JSONPATH",
    "MACADDR",
    "MACADDR8",
    "MONEY",
    "NUMMULTIRANGE",
    "NUMRANGE",
    "OID",
    "REGCLASS",
    "REGCONFIG",
    "TIME",
    "TIMESTAMP",
    "TSMULTIRANGE",
    "TSQUERY",
    "TSRANGE",
    "TSTZMULTIRANGE",
    "TSTZRANGE",
    "TSVECTOR",
    "AbstractMultiRange",
    "AbstractRange",
    "AbstractSingleRange",
    "BitString",
    "CreateDomainType",
    "CreateEnumType",
    "DropDomainType",
    "DropEnumType",
    "MultiRange",
    "NamedType",
    "Range",
    "postgresql_types",
    "unique_id",
]
