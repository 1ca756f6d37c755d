"""What follows the parentheses of CREATE TABLE: ``mysql_engine``, ``mariadb_partition_by``.

https://dev.mysql.com/doc/refman/9.0/en/create-table.html
https://mariadb.com/docs/server/reference/sql-statements/data-definition/create/create-table
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import Table, TakesDialectOptions, options_for
from toolkit_mysql.compiler.ddl_columns import sql_string

# Whatever a program names is an option, since storage engines have their own.
for _dialect in ("mysql", "mariadb"):
    Table.argument_for(_dialect, "*", None)

# Options whose values are strings.
_STRINGS = frozenset(
    [
        "COMMENT",
        "CONNECTION",
        "DATA_DIRECTORY",
        "ENGINE_ATTRIBUTE",
        "INDEX_DIRECTORY",
        "PASSWORD",
        "SECONDARY_ENGINE_ATTRIBUTE",
    ]
)
# Options whose names are several words.
_SPACED = frozenset(
    [
        "DATA_DIRECTORY",
        "INDEX_DIRECTORY",
        "DEFAULT_CHARACTER_SET",
        "CHARACTER_SET",
        "DEFAULT_CHARSET",
        "DEFAULT_COLLATE",
        "PARTITION_BY",
        "SUBPARTITION_BY",
    ]
)
# Options without a sign between name and value.
_UNSIGNED = frozenset(
    [
        "TABLESPACE",
        "DEFAULT_CHARACTER_SET",
        "CHARACTER_SET",
        "COLLATE",
        "PARTITION_BY",
        "PARTITIONS",
        "SUBPARTITION_BY",
        "SUBPARTITIONS",
    ]
)
# What stands last, in this order: how the table is parted.
_PARTS = (
    "PARTITION_BY",
    "PARTITIONS",
    "SUBPARTITION_BY",
    "SUBPARTITIONS",
    "PARTITION_DEFINITIONS",
)
# Charset before collation: naming one sets the other.
_LATER = ("COLLATE", "DEFAULT_COLLATE")


def table_options(w: Writer, table: Table) -> str:
    """Return the options of a table as they stand behind its columns, and its comment."""
    given = {
        name.upper(): value for name, value in options_of(table, w.dialect).items() if name != "*"
    }
    if table.comment is not None:
        given["COMMENT"] = table.comment
    plain = [name for name in given if name not in (*_PARTS, *_LATER)]
    ordered = [*plain, *[name for name in (*_LATER, *_PARTS) if name in given]]
    text = " ".join([_option(w, name, given[name]) for name in ordered])
    return text.replace("%", "%%") if w.style.paramstyle.doubles_percent else text


def _option(w: Writer, name: str, value: Any) -> str:
    if name == "PARTITION_DEFINITIONS":
        return str(value)
    written = sql_string(w, str(value)) if name in _STRINGS else str(int_or_text(value))
    words = name.replace("_", " ") if name in _SPACED else name
    return f"{words}{' ' if name in _UNSIGNED else '='}{written}"


def int_or_text(value: Any) -> Any:
    """Return True and False as 1 and 0, which options of tables are, and the rest as it is."""
    return int(value) if isinstance(value, bool) else value


def options_of(item: TakesDialectOptions, dialect: Any) -> dict[str, Any]:
    """Return what an item was told for a dialect, by the name that its URL says."""
    return options_for(item, dialect.name)
