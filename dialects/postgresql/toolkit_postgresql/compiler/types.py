"""Writing types."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.types import ansi_types, with_collation, with_length
from toolkit_core.compiler.ansi.types import write_enum as write_as_text
from toolkit_core.compiler.type_rules import TypeRules
from toolkit_core.dialect import CompileError, Style, quoted_name
from toolkit_core.dialect.types import (
    ARRAY,
    DOUBLE_PRECISION,
    FLOAT,
    REAL,
    TIME,
    TIMESTAMP,
    DateTime,
    Double,
    Enum,
    Float,
    Interval,
    LargeBinary,
    Time,
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
    JSONB,
    JSONPATH,
    MACADDR,
    MACADDR8,
    MONEY,
    OID,
    REGCLASS,
    REGCONFIG,
    TSQUERY,
    TSVECTOR,
    AbstractRange,
)

postgresql_type_rules = TypeRules("postgresql", ansi_types)

_NAMED = (CIDR, HSTORE, INET, JSONB, JSONPATH, MACADDR, MACADDR8, MONEY, OID)


@postgresql_type_rules(*_NAMED, REGCLASS, REGCONFIG, TSQUERY, TSVECTOR, AbstractRange)
def write_name(style: Style, type_: TypeEngine[Any]) -> str:
    """Write a type that is a name and nothing else."""
    return type_.visit_name


@postgresql_type_rules(CITEXT)
def write_citext(style: Style, type_: CITEXT) -> str:
    """Write CITEXT, with its collation."""
    return with_collation(style, "CITEXT", type_)


@postgresql_type_rules(LargeBinary)
def write_bytea(style: Style, type_: LargeBinary) -> str:
    """Write BYTEA, which has no length."""
    return "BYTEA"


@postgresql_type_rules(Double, DOUBLE_PRECISION)
def write_double(style: Style, type_: Double[Any]) -> str:
    """Write DOUBLE PRECISION."""
    return "DOUBLE PRECISION"


@postgresql_type_rules(Float, FLOAT)
def write_float(style: Style, type_: Float[Any]) -> str:
    """Write FLOAT with its digits, in the binary system."""
    return "FLOAT" if type_.precision is None else f"FLOAT({type_.precision})"


@postgresql_type_rules(REAL)
def write_real(style: Style, type_: REAL[Any]) -> str:
    """Write REAL."""
    return "REAL"


@postgresql_type_rules(DateTime, TIMESTAMP, Time, TIME)
def write_time(style: Style, type_: DateTime | Time) -> str:
    """Write TIME or TIMESTAMP, with the digits of a second, and whether there is a zone."""
    name = "TIMESTAMP" if isinstance(type_, DateTime) else "TIME"
    precision = getattr(type_, "precision", None)
    digits = "" if precision is None else f"({precision})"
    return f"{name}{digits} {'WITH' if type_.timezone else 'WITHOUT'} TIME ZONE"


@postgresql_type_rules(Interval)
def write_interval(style: Style, type_: Interval) -> str:
    """Write INTERVAL, or the type of the moment that stands for it."""
    if not type_.native:
        return "TIMESTAMP WITHOUT TIME ZONE"
    return _interval(None, type_.second_precision)


@postgresql_type_rules(INTERVAL)
def write_own_interval(style: Style, type_: INTERVAL) -> str:
    """Write INTERVAL with its fields and digits."""
    return _interval(type_.fields, type_.precision)


def _interval(fields: str | None, precision: int | None) -> str:
    text = "INTERVAL" if fields is None else f"INTERVAL {fields}"
    return text if precision is None else f"{text} ({precision})"


@postgresql_type_rules(Uuid)
def write_uuid(style: Style, type_: Uuid[Any]) -> str:
    """Write UUID, or room for 32 digits."""
    return "UUID" if type_.native_uuid else "CHAR(32)"


@postgresql_type_rules(BIT)
def write_bit(style: Style, type_: BIT) -> str:
    """Write BIT or BIT VARYING, with the length."""
    return with_length("BIT VARYING" if type_.varying else "BIT", type_.length)


@postgresql_type_rules(ARRAY)
def write_array(style: Style, type_: ARRAY[Any]) -> str:
    """Write the type of the items with brackets; a collation stands behind those.

    https://www.postgresql.org/docs/current/arrays.html#ARRAYS-DECLARATION
    """
    inner = postgresql_type_rules.write(style, _here(type_.item_type))
    brackets = "[]" * (type_.dimensions or 1)
    name, collate, collation = inner.partition(" COLLATE ")
    return f"{name}{brackets}{collate}{collation}"


def _here(type_: Any) -> Any:
    """Return what a type is on PostgreSQL: its variant, and what a decorator decorates."""
    here = type_ if type_._variants is None else type_._variants.get("postgresql", type_)
    while hasattr(here, "load_dialect_impl") and postgresql_type_rules.find(type(here)) is None:
        here = here.impl_instance
    return here


@postgresql_type_rules(Enum)
def write_enum(style: Style, type_: Enum[Any]) -> str:
    """Write the name of the enumeration, or a VARCHAR that every word fits into."""
    if not type_.native_enum:
        return write_as_text(style, type_)
    if type_.name is None:
        raise CompileError(
            "PostgreSQL Enum type requires a name.",
            hint="Enum(..., name=...), or an enum.Enum class, which has one",
        )
    return named(style, type_)


@postgresql_type_rules(DOMAIN)
def write_domain(style: Style, type_: DOMAIN) -> str:
    """Write the name of the domain."""
    return named(style, type_)


def named(style: Style, type_: Any) -> str:
    """Return the name of a type behind that of its schema."""
    name = style.quoted(str(type_.name) if type_.quote is None else _told(type_))
    return name if type_.schema is None else f"{style.quoted(type_.schema)}.{name}"


def _told(type_: Any) -> Any:
    return quoted_name(str(type_.name), type_.quote)
