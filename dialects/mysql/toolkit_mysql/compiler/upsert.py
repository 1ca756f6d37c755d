"""MySQL's and MariaDB's upsert."""

from __future__ import annotations

from toolkit_core.compiler.ansi.conflict import (
    ExcludedColumn,
    OnConflict,
    write_on_duplicate_key,
    write_values_function,
)
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mysql


@mysql(OnConflict)
def write_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write ON DUPLICATE KEY UPDATE."""
    # https://dev.mysql.com/doc/refman/9.1/en/insert-on-duplicate.html
    write_on_duplicate_key(w, conflict)


@mysql(ExcludedColumn)
def write_new_value(w: Writer, column: ExcludedColumn) -> None:
    """Write VALUES(column): MariaDB knows no other way, and MySQL still knows this one."""
    write_values_function(w, column)
