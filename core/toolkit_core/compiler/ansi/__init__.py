"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import (
    conflict,
    ddl,
    ddl_columns,
    ddl_constraints,
    ddl_indexes,
    ddl_sequences,
    delete,
    dml,
    elements,
    insert,
    select,
    update,
)
from toolkit_core.compiler.ansi.table import ansi

__all__ = [
    "ansi",
    "conflict",
    "ddl",
    "ddl_columns",
    "ddl_constraints",
    "ddl_indexes",
    "ddl_sequences",
    "delete",
    "dml",
    "elements",
    "insert",
    "select",
    "update",
]
