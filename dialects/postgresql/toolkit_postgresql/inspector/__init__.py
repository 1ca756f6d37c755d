"""What is in a PostgreSQL database."""

from toolkit_postgresql.inspector.catalogue import PostgreSQLCatalogue

__all__ = ["PostgreSQLCatalogue"]
