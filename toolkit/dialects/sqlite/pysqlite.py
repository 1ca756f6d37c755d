"""SQLite by Python's own ``sqlite3``."""

from toolkit_sqlite.plugin import plugin

dialect = plugin.dialect

__all__ = ["dialect"]
