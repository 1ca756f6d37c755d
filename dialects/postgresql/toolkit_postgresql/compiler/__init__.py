"""How PostgreSQL writes what it writes differently; the same file names as the standard's rules."""

from toolkit_postgresql.compiler import given_rows, upsert
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.compiler.types import postgresql_type_rules

__all__ = ["given_rows", "postgresql", "postgresql_type_rules", "upsert"]
