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
    window,
)
from toolkit_core.compiler.ansi.table import ansi

__all__ = [
    "ansi",
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
    "window",
]
