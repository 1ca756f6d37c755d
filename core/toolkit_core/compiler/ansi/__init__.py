"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import (
    columns,
    compound,
    conflict,
    delete,
    dml,
    elements,
    functions,
    insert,
    limit,
    literals,
    operators,
    predicates,
    select,
    sources,
    textual_select,
    types,
    update,
    window,
)
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.ansi.types import ansi_types

__all__ = [
    "ansi",
    "ansi_types",
    "columns",
    "compound",
    "conflict",
    "delete",
    "dml",
    "elements",
    "functions",
    "insert",
    "limit",
    "literals",
    "operators",
    "predicates",
    "select",
    "sources",
    "textual_select",
    "types",
    "update",
    "window",
]
