"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import (
    elements,
    functions,
    literals,
    operators,
    predicates,
    select,
    window,
)
from toolkit_core.compiler.ansi.table import ansi

__all__ = [
    "ansi",
    "elements",
    "functions",
    "literals",
    "operators",
    "predicates",
    "select",
    "window",
]
