"""How PostgreSQL writes what it writes differently; the same file names as the standard's rules."""

from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.compiler.types import postgresql_type_rules

__all__ = ["postgresql", "postgresql_type_rules"]
