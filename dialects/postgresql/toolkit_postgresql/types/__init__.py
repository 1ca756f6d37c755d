"""How values travel to PostgreSQL and back."""

from toolkit_postgresql.types.table import postgresql_types

__all__ = ["postgresql_types"]
