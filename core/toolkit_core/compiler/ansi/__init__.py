"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import elements, select, types
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.ansi.types import ansi_types

__all__ = ["ansi", "ansi_types", "elements", "select", "types"]
