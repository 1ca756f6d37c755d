"""How SQLite writes what it writes differently; the same file names as the standard's rules."""

from toolkit_sqlite.compiler import (
    commands,
    conflict,
    ddl,
    delete,
    dml,
    elements,
    functions,
    given_rows,
    insert,
    literals,
    merge,
    operators,
    predicates,
    select,
)
from toolkit_sqlite.compiler.table import sqlite
from toolkit_sqlite.compiler.types import sqlite_type_rules

__all__ = [
    "commands",
    "conflict",
    "ddl",
    "delete",
    "dml",
    "elements",
    "functions",
    "given_rows",
    "insert",
    "literals",
    "merge",
    "operators",
    "predicates",
    "select",
    "sqlite",
    "sqlite_type_rules",
]
