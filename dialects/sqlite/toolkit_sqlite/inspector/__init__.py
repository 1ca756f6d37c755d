"""What is in an SQLite database."""

from toolkit_sqlite.inspector.catalogue import SQLiteCatalogue

__all__ = ["SQLiteCatalogue"]
