"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import (
    ddl,
    ddl_columns,
    ddl_constraints,
    ddl_indexes,
    ddl_sequences,
    elements,
    select,
)
from toolkit_core.compiler.ansi.table import ansi

__all__ = [
    "ansi",
    "ddl",
    "ddl_columns",
    "ddl_constraints",
    "ddl_indexes",
    "ddl_sequences",
    "elements",
    "select",
]
