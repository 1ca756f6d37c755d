"""Writing types.

https://dev.mysql.com/doc/refman/9.0/en/data-types.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.types import (
    NAMES,
    TEXT_NAMES,
    ansi_types,
    with_length,
    with_precision,
)
from toolkit_core.compiler.type_rules import TypeRules
from toolkit_core.dialect import CompileError, Style
from toolkit_core.dialect.types import (
    BINARY,
    DECIMAL,
    NUMERIC,
    VARBINARY,
    Binary,
    Boolean,
    DateTime,
    Enum,
    Float,
    Integer,
    Numeric,
    String,
    Time,
    TypeEngine,
    Uuid,
    quoted,
)
from toolkit_mysql.types import (
    BIT,
    ENUM,
    INET4,
    INET6,
    LONGBLOB,
    MEDIUMBLOB,
    SET,
    TINYBLOB,
    YEAR,
)

mysql_type_rules = TypeRules("mysql", ansi_types)
mariadb_type_rules = TypeRules("mariadb", mysql_type_rules)


def _named(family: type[TypeEngine[Any]]) -> list[type[TypeEngine[Any]]]:
    """Return a class, and those of its heirs for which the standard has rules of their own."""
    return [family, *[cls for cls in (*NAMES, *TEXT_NAMES, *_MORE) if issubclass(cls, family)]]


_MORE: tuple[type[TypeEngine[Any]], ...] = (NUMERIC, DECIMAL, BINARY, VARBINARY)

# Generic types whose names are others here; what is in capitals is written as it is called.
_TEXT_NAMES = {"string": "VARCHAR", "unicode": "VARCHAR", "text": "TEXT", "unicode_text": "TEXT"}
_NUMBER_NAMES = {
    "integer": "INTEGER",
    "big_integer": "BIGINT",
    "small_integer": "SMALLINT",
    "numeric": "NUMERIC",
    "float": "FLOAT",
    "double": "DOUBLE",
    "DOUBLE_PRECISION": "DOUBLE PRECISION",
}
_NATIONAL = {"NCHAR": "CHAR", "NVARCHAR": "VARCHAR"}


@mysql_type_rules(*_named(Integer))
def write_integer(style: Style, type_: Any) -> str:
    """Write the name, the width to show and the attributes."""
    name = _name(type_, _NUMBER_NAMES)
    return with_attributes(with_length(name, getattr(type_, "display_width", None)), type_)


@mysql_type_rules(*_named(Numeric))
def write_numeric(style: Style, type_: Numeric[Any]) -> str:
    """Write the name, precision, scale and attributes."""
    return with_attributes(with_precision(_name(type_, _NUMBER_NAMES), type_), type_)


@mysql_type_rules(*_named(Float))
def write_float(style: Style, type_: Float[Any]) -> str:
    """Write the name, precision, scale and attributes; DOUBLE has a precision with a scale only."""
    name = _name(type_, _NUMBER_NAMES)
    if name != "FLOAT" and type_.scale is None:
        return with_attributes(name, type_)
    return with_attributes(with_precision(name, type_), type_)


def with_attributes(written: str, type_: Any) -> str:
    """Return a type of numbers with what it was told beside its size."""
    if getattr(type_, "unsigned", False):
        written += " UNSIGNED"
    if getattr(type_, "zerofill", False):
        written += " ZEROFILL"
    return written


@mysql_type_rules(*_named(Boolean))
def write_boolean(style: Style, type_: Boolean) -> str:
    """Write BOOL, which is a TINYINT(1)."""
    return "BOOL"


@mysql_type_rules(BIT)
def write_bit(style: Style, type_: BIT) -> str:
    """Write BIT with the number of them."""
    return with_length("BIT", type_.length)


@mysql_type_rules(YEAR)
def write_year(style: Style, type_: YEAR) -> str:
    """Write YEAR."""
    return with_length("YEAR", type_.display_width)


# -- text ---------------------------------------------------------------------------------


@mysql_type_rules(*_named(String))
def write_string(style: Style, type_: Any) -> str:
    """Write name, length, charset and collation; a VARCHAR needs a length.

    https://dev.mysql.com/doc/refman/9.0/en/char.html
    """
    name = _name(type_, _TEXT_NAMES)
    national = name in _NATIONAL or getattr(type_, "national", False)
    plain = _NATIONAL.get(name, name)
    if plain == "VARCHAR" and not type_.length:
        raise CompileError(
            f"{name} requires a length on dialect mysql",
            hint="String(50), or Text for text of any length",
        )
    length = type_.length if name in _SIZED else None
    written = with_length(plain, length)
    if national:
        return with_charset(f"NATIONAL {written}", type_, national=True)
    return with_charset(written, type_)


_SIZED = frozenset({"VARCHAR", "CHAR", "NVARCHAR", "NCHAR", "TEXT"})


def with_charset(written: str, type_: Any, *, national: bool = False) -> str:
    """Return a type of text with its charset and its collation."""
    parts = [written]
    if not national:
        if getattr(type_, "charset", None):
            parts.append(f"CHARACTER SET {type_.charset}")
        elif getattr(type_, "ascii", False):
            parts.append("ASCII")
        elif getattr(type_, "unicode", False):
            parts.append("UNICODE")
    if type_.collation:
        parts.append(f"COLLATE {type_.collation}")
    elif getattr(type_, "binary", False):
        parts.append("BINARY")
    return " ".join(parts)


@mysql_type_rules(Enum)
def write_enum(style: Style, type_: Enum[Any]) -> str:
    """Write ENUM with its words, or where that is not wanted a VARCHAR."""
    if not type_.native_enum and not isinstance(type_, ENUM):
        return with_charset(with_length("VARCHAR", type_.length), type_)
    return with_charset(_with_words("ENUM", type_.enums, style), type_)


@mysql_type_rules(SET)
def write_set(style: Style, type_: SET) -> str:
    """Write SET with its words."""
    return with_charset(_with_words("SET", type_.values, style), type_)


def _with_words(name: str, words: Any, style: Style) -> str:
    listed = ",".join([quoted(word, style) for word in words])
    return f"{name}({listed})"


# -- bytes --------------------------------------------------------------------------------


@mysql_type_rules(*_named(Binary))
def write_binary(style: Style, type_: Binary) -> str:
    """Write the name and the length, which a VARBINARY needs."""
    name = "BLOB" if type_.visit_name == "large_binary" else type_.visit_name
    if name == "VARBINARY" and not type_.length:
        raise CompileError(
            "VARBINARY requires a length on dialect mysql",
            hint="VARBINARY(50), or LargeBinary for bytes of any length",
        )
    return with_length(name, type_.length)


@mysql_type_rules(TINYBLOB, MEDIUMBLOB, LONGBLOB)
def write_blob(style: Style, type_: Binary) -> str:
    """Write the name, which tells the size."""
    return type_.visit_name


# -- times, and the rest ------------------------------------------------------------------


@mysql_type_rules(*_named(DateTime), *_named(Time))
def write_temporal(style: Style, type_: Any) -> str:
    """Write the name, and how many digits seconds have after the point."""
    name = type_.visit_name.upper()
    fsp = getattr(type_, "fsp", None)
    return name if fsp is None else f"{name}({fsp})"


@mysql_type_rules(INET4, INET6)
def write_address(style: Style, type_: TypeEngine[Any]) -> str:
    """Write the name."""
    return type_.visit_name


@mysql_type_rules(*_named(Uuid))
def write_uuid(style: Style, type_: Uuid[Any]) -> str:
    """Write room for 32 digits, unless the type is named by its own name."""
    return "UUID" if type_.visit_name == "UUID" else "CHAR(32)"


@mariadb_type_rules(*_named(Uuid))
def write_native_uuid(style: Style, type_: Uuid[Any]) -> str:
    """Write MariaDB's own type, unless that is not wanted."""
    return "UUID" if type_.native_uuid else "CHAR(32)"


def _name(type_: TypeEngine[Any], names: dict[str, str]) -> str:
    """Return what a type is called: by itself, or by the nearest parent that is known."""
    visit = type_.visit_name
    return names.get(visit, visit)
