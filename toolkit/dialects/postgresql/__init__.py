"""PostgreSQL: its types, its INSERT, and what else its SQL has.

>>> from toolkit.dialects import postgresql
>>> postgresql.dialect().name
'postgresql'
>>> postgresql.insert.__module__
'toolkit_postgresql.expression.insert'
"""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING

from toolkit import lazy
from toolkit.dialects.postgresql import psycopg, psycopg2
from toolkit.dialects.postgresql.psycopg2 import dialect

if TYPE_CHECKING:
    from toolkit_core.dialect.expressions import (
        aggregate_order_by,
    )
    from toolkit_core.types import (
        BIGINT,
        BOOLEAN,
        CHAR,
        DATE,
        DOUBLE_PRECISION,
        FLOAT,
        INTEGER,
        NUMERIC,
        REAL,
        SMALLINT,
        TEXT,
        UUID,
        VARCHAR,
    )
    from toolkit_postgresql.expression.distinct_on import (
        DistinctOnClause,
        distinct_on,
    )
    from toolkit_postgresql.expression.exclude import (
        ExcludeConstraint,
    )
    from toolkit_postgresql.expression.functions import (
        hstore,
        phraseto_tsquery,
        plainto_tsquery,
        to_tsquery,
        to_tsvector,
        ts_headline,
        websearch_to_tsquery,
    )
    from toolkit_postgresql.expression.insert import (
        Insert,
        insert,
    )
    from toolkit_postgresql.types import (
        ARRAY,
        BIT,
        BYTEA,
        CIDR,
        CITEXT,
        DATEMULTIRANGE,
        DATERANGE,
        DOMAIN,
        ENUM,
        HSTORE,
        INET,
        INT4MULTIRANGE,
        INT4RANGE,
        INT8MULTIRANGE,
        INT8RANGE,
        INTERVAL,
        JSON,
        JSONB,
        JSONPATH,
        MACADDR,
        MACADDR8,
        MONEY,
        NUMMULTIRANGE,
        NUMRANGE,
        OID,
        REGCLASS,
        REGCONFIG,
        TIME,
        TIMESTAMP,
        TSMULTIRANGE,
        TSQUERY,
        TSRANGE,
        TSTZMULTIRANGE,
        TSTZRANGE,
        TSVECTOR,
        AbstractMultiRange,
        AbstractRange,
        AbstractSingleRange,
        BitString,
        CreateDomainType,
        CreateEnumType,
        DropDomainType,
        DropEnumType,
        MultiRange,
        NamedType,
        Range,
    )
    from toolkit_postgresql.types.array_expression import (
        All,
        array,
        array_agg,
    )
    from toolkit_postgresql.types.array_expression import Any_ as Any

__all__ = [
    "ARRAY",
    "BIGINT",
    "BIT",
    "BOOLEAN",
    "BYTEA",
    "CHAR",
    "CIDR",
    "CITEXT",
    "DATE",
    "DATEMULTIRANGE",
    "DATERANGE",
    "DOMAIN",
    "DOUBLE_PRECISION",
    "ENUM",
    "FLOAT",
    "HSTORE",
    "INET",
    "INT4MULTIRANGE",
    "INT4RANGE",
    "INT8MULTIRANGE",
    "INT8RANGE",
    "INTEGER",
    "INTERVAL",
    "JSON",
    "JSONB",
    "JSONPATH",
    "MACADDR",
    "MACADDR8",
    "MONEY",
    "NUMERIC",
    "NUMMULTIRANGE",
    "NUMRANGE",
    "OID",
    "REAL",
    "REGCLASS",
    "REGCONFIG",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TSMULTIRANGE",
    "TSQUERY",
    "TSRANGE",
    "TSTZMULTIRANGE",
    "TSTZRANGE",
    "TSVECTOR",
    "UUID",
    "VARCHAR",
    "AbstractMultiRange",
    "AbstractRange",
    "AbstractSingleRange",
    "All",
    "Any",
    "BitString",
    "CreateDomainType",
    "CreateEnumType",
    "DistinctOnClause",
    "DropDomainType",
    "DropEnumType",
    "ExcludeConstraint",
    "Insert",
    "MultiRange",
    "NamedType",
    "Range",
    "aggregate_order_by",
    "array",
    "array_agg",
    "dialect",
    "distinct_on",
    "hstore",
    "insert",
    "phraseto_tsquery",
    "plainto_tsquery",
    "psycopg",
    "psycopg2",
    "to_tsquery",
    "to_tsvector",
    "ts_headline",
    "websearch_to_tsquery",
]

# Where each is, fetched when it is first asked for.
_NAMES = {
    "toolkit_core.dialect.expressions": ("aggregate_order_by"),
    "toolkit_core.types": (
        "BIGINT BOOLEAN CHAR DATE DOUBLE_PRECISION FLOAT INTEGER NUMERIC REAL SMALLINT TEXT "
        "UUID VARCHAR"
    ),
    "toolkit_postgresql.expression.distinct_on": ("DistinctOnClause distinct_on"),
    "toolkit_postgresql.expression.exclude": ("ExcludeConstraint"),
    "toolkit_postgresql.expression.functions": (
        "hstore phraseto_tsquery plainto_tsquery to_tsquery to_tsvector ts_headline "
        "websearch_to_tsquery"
    ),
    "toolkit_postgresql.expression.insert": ("Insert insert"),
    "toolkit_postgresql.types": (
        "ARRAY AbstractMultiRange AbstractRange AbstractSingleRange BIT BYTEA BitString CIDR "
        "CITEXT CreateDomainType CreateEnumType DATEMULTIRANGE DATERANGE DOMAIN "
        "DropDomainType DropEnumType ENUM HSTORE INET INT4MULTIRANGE INT4RANGE INT8MULTIRANGE "
        "INT8RANGE INTERVAL JSON JSONB JSONPATH MACADDR MACADDR8 MONEY MultiRange "
        "NUMMULTIRANGE NUMRANGE NamedType OID REGCLASS REGCONFIG Range TIME TIMESTAMP "
        "TSMULTIRANGE TSQUERY TSRANGE TSTZMULTIRANGE TSTZRANGE TSVECTOR"
    ),
    "toolkit_postgresql.types.array_expression": ("All array array_agg"),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> typing.Any:
    if name == "Any":
        return lazy.fetch(__name__, {"Any_": "toolkit_postgresql.types.array_expression"}, "Any_")
    return lazy.fetch(__name__, _HOMES, name)
