"""MySQL's upsert: its own, and the portable one by it.

https://dev.mysql.com/doc/refman/9.0/en/insert-on-duplicate.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.compiler.ansi.conflict import write_on_duplicate_key
from toolkit_core.compiler.ansi.dml import write_set_value
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.statements import ExcludedColumn, OnConflict
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.compiler.versions import before
from toolkit_mysql.insert import InsertedColumn, OnDuplicateKey

# What the row that could not be inserted is called.
_NEW = "new"


def named_new(w: Writer) -> bool:
    """Tell whether the row has a name: not if it comes from a SELECT, nor on older servers.

    https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-20.html
    """
    state = DMLState.of(w)
    return bool(state.settings) and not before(w, (8, 0, 20))


def new_name(w: Writer) -> str:
    """Return the name of that row, which is another than that of the table."""
    return f"{_NEW}_1" if DMLState.of(w).statement.table.name == _NEW else _NEW


@mysql(OnDuplicateKey)
def write_duplicate(w: Writer, conflict: OnDuplicateKey) -> None:
    """Write ON DUPLICATE KEY UPDATE, as it was asked for."""
    if named_new(w):
        w.text(f" AS {new_name(w)}")
    write_settings(w, conflict)


@mariadb(OnDuplicateKey)
def write_settings(w: Writer, conflict: OnDuplicateKey) -> None:
    """Write ON DUPLICATE KEY UPDATE without a name for the new row.

    https://mariadb.com/docs/server/reference/sql-statements/data-manipulation/inserting-loading-data/insert-on-duplicate-key-update
    """
    pairs = zip(conflict.set_names, conflict.settings, strict=True)
    _write_pairs(w, [(name, _setter(found)) for name, found in pairs])


def _setter(found: Any) -> Callable[[Writer], None]:
    return lambda w: write_set_value(w, found)


def _write_pairs(w: Writer, pairs: list[tuple[str, Callable[[Writer], None]]]) -> None:
    w.text(" ON DUPLICATE KEY UPDATE ")
    for position, (name, write) in enumerate(pairs):
        if position:
            w.text(", ")
        w.name(name)
        w.text(" = ")
        write(w)


@mysql(InsertedColumn, ExcludedColumn)
def write_inserted(w: Writer, column: Any) -> None:
    """Write a column of the new row, by its name or the older function."""
    if named_new(w):
        w.text(f"{new_name(w)}.")
        w.name(column.name)
    else:
        write_values_function(w, column)


@mariadb(InsertedColumn, ExcludedColumn)
def write_values_function(w: Writer, column: Any) -> None:
    """Write the function that finds a column of the new row."""
    w.text("VALUES(")
    w.name(column.name)
    w.text(")")


@mysql(OnConflict)
def write_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write what the portable upsert says."""
    write_on_duplicate_key(w, conflict, new_row=new_name(w) if named_new(w) else None)


@mariadb(OnConflict)
def write_mariadb_conflict(w: Writer, conflict: OnConflict) -> None:
    """Write it without a name for the new row."""
    write_on_duplicate_key(w, conflict)
