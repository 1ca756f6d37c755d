"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import (
    columns,
    compound,
    elements,
    functions,
    limit,
    literals,
    operators,
    predicates,
    select,
    sources,
    textual_select,
    types,
    window,
)
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.ansi.types import ansi_types

__all__ = [
    "ansi",
    "ansi_types",
    "columns",
    "compound",
    "elements",
    "functions",
    "limit",
    "literals",
    "operators",
    "predicates",
    "select",
    "sources",
    "textual_select",
    "types",
    "window",
]
