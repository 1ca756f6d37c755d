"""How standard SQL is written: the base of every dialect's rules."""

from toolkit_core.compiler.ansi import conflict, delete, dml, elements, insert, select, update
from toolkit_core.compiler.ansi.table import ansi

__all__ = ["ansi", "conflict", "delete", "dml", "elements", "insert", "select", "update"]
