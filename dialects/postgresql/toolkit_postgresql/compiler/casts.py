"""What a parameter is: some types are not told by their values, so a cast stands behind them.

psycopg2 writes values into the SQL, as literals of whose types PostgreSQL knows enough, mostly.
psycopg sends them apart from it, text as of an unknown type.
https://www.psycopg.org/psycopg3/docs/basic/from_pg2.html#server-side-binding
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.compiler.type_rules import write_type
from toolkit_core.dialect.types import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    ByClass,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    SmallInteger,
    String,
    Time,
    TypeDecorator,
    TypeEngine,
    Uuid,
)
from toolkit_postgresql.types import (
    BIT,
    CIDR,
    CITEXT,
    DOMAIN,
    HSTORE,
    INET,
    INTERVAL,
    JSONPATH,
    MONEY,
    OID,
    REGCLASS,
    REGCONFIG,
    TSQUERY,
    TSVECTOR,
    AbstractRange,
)

Cast = Callable[[Any, Any], "str | None"]

# For drivers that write values into the SQL.
written: ByClass[Cast] = ByClass()
# For drivers that send values apart from it.
sent: ByClass[Cast] = ByClass(written)

# For drivers that ask the server what it expects, and send nothing else.
prepared: ByClass[Cast] = ByClass(sent)


def around_written(type_: TypeEngine[Any], dialect: Any) -> tuple[str, str]:
    """Return what stands around a value that the driver writes into the SQL."""
    return _around(written, type_, dialect)


def around_sent(type_: TypeEngine[Any], dialect: Any) -> tuple[str, str]:
    """Return what stands around a value that the driver sends apart from the SQL."""
    return _around(sent, type_, dialect)


def around_prepared(type_: TypeEngine[Any], dialect: Any) -> tuple[str, str]:
    """Return what stands around a value that is sent as the type that the server expects."""
    return _around(prepared, type_, dialect)


def _around(table: ByClass[Cast], type_: TypeEngine[Any], dialect: Any) -> tuple[str, str]:
    here = type_.dialect_impl(dialect)
    while isinstance(here, TypeDecorator):
        here = here.type_engine(dialect)
    cast = table.find(type(here))
    kind = None if cast is None else cast(here, dialect)
    if kind is None and here.render_bind_cast:
        kind = write_type(here, dialect)
    return "", "" if kind is None else f"::{kind}"


@written(JSON, ARRAY, BIT, AbstractRange)
def as_it_is(type_: TypeEngine[Any], dialect: Any) -> str:
    """Cast to the type as DDL has it."""
    return write_type(type_, dialect)


@written(Uuid)
def as_uuid(type_: Uuid[Any], dialect: Any) -> str | None:
    """Cast to UUID, unless digits are stored."""
    return "UUID" if type_.native_uuid else None


@sent(JSON.JSONIntIndexType)
def as_position(type_: Any, dialect: Any) -> str:
    """Cast a position."""
    return "INT"


@sent(JSON.JSONStrIndexType)
def as_key(type_: Any, dialect: Any) -> str:
    """Cast a key."""
    return "TEXT"


@sent(SmallInteger)
def as_small(type_: SmallInteger, dialect: Any) -> str:
    """Cast to 16 bits."""
    return "SMALLINT"


@sent(BigInteger)
def as_big(type_: BigInteger, dialect: Any) -> str:
    """Cast to 64 bits."""
    return "BIGINT"


@sent(Integer)
def as_integer(type_: Integer, dialect: Any) -> str:
    """Cast to 32 bits."""
    return "INTEGER"


@sent(String)
def as_text(type_: String, dialect: Any) -> str:
    """Cast to text of any length, with the type's collation."""
    collation = type_.collation
    return "VARCHAR" if collation is None else f"VARCHAR COLLATE {dialect.style.quoted(collation)}"


@sent(CITEXT)
def as_nothing(type_: TypeEngine[Any], dialect: Any) -> None:
    """Leave it to PostgreSQL, which finds the type by what stands beside it."""


@sent(Enum)
def as_word(type_: Enum[Any], dialect: Any) -> str | None:
    """Leave a word of an enumeration to PostgreSQL; what is stored as text is text."""
    return None if type_.native_enum else "VARCHAR"


@sent(Date)
def as_date(type_: Date, dialect: Any) -> str:
    """Cast to a date."""
    return "DATE"


@sent(DateTime, Time)
def as_time(type_: DateTime | Time, dialect: Any) -> str:
    """Cast to a time of all digits."""
    name = "TIMESTAMP" if isinstance(type_, DateTime) else "TIME"
    return f"{name} {'WITH' if type_.timezone else 'WITHOUT'} TIME ZONE"


@sent(Interval)
def as_span(type_: Interval, dialect: Any) -> str:
    """Cast to a span, or to a moment where such is stored."""
    return "INTERVAL" if type_.native else "TIMESTAMP WITHOUT TIME ZONE"


@sent(INTERVAL, REGCONFIG)
def as_own(type_: TypeEngine[Any], dialect: Any) -> str:
    """Cast to the type as DDL has it."""
    return write_type(type_, dialect)


@sent(DOMAIN)
def as_behind(type_: DOMAIN, dialect: Any) -> str | None:
    """Cast to what is behind a domain."""
    return around_sent(type_.data_type, dialect)[1][2:] or None


@written(DOMAIN)
def as_behind_written(type_: DOMAIN, dialect: Any) -> str | None:
    """Cast to what is behind a domain."""
    return around_written(type_.data_type, dialect)[1][2:] or None


@prepared(Boolean, Numeric, Float, LargeBinary, OID, INET, CIDR)
def as_expected(type_: TypeEngine[Any], dialect: Any) -> str:
    """Cast to the type as DDL has it, of any size."""
    return write_type(type_, dialect).partition("(")[0]


@prepared(BIT, AbstractRange, HSTORE, JSONPATH, MONEY, REGCLASS, REGCONFIG, TSQUERY, TSVECTOR)
def as_text_of(type_: TypeEngine[Any], dialect: Any) -> str:
    """Send text, and have the server read it: the driver has classes of its own for these."""
    return f"TEXT::{write_type(type_, dialect)}"


@prepared(ARRAY)
def as_array(type_: ARRAY[Any], dialect: Any) -> str:
    """Cast to the array, of text where its items are sent as text."""
    whole = write_type(type_, dialect)
    items = around_prepared(type_.item_type, dialect)[1]
    return f"TEXT[]::{whole}" if items.startswith("::TEXT::") else whole


@prepared(DOMAIN)
def as_behind_prepared(type_: DOMAIN, dialect: Any) -> str | None:
    """Cast to what is behind a domain."""
    return around_prepared(type_.data_type, dialect)[1][2:] or None
