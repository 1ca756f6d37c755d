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
    functions,
    insert,
    literals,
    operators,
    predicates,
    select,
    types,
    update,
    window,
)
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.ansi.types import ansi_types

__all__ = [
    "ansi",
    "ansi_types",
    "conflict",
    "ddl",
    "ddl_columns",
    "ddl_constraints",
    "ddl_indexes",
    "ddl_sequences",
    "delete",
    "dml",
    "elements",
    "functions",
    "insert",
    "literals",
    "operators",
    "predicates",
    "select",
    "types",
    "update",
    "window",
]
