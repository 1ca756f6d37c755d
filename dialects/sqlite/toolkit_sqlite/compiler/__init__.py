"""How SQLite writes what it writes differently; the same file names as the standard's rules."""

from toolkit_sqlite.compiler import ddl
from toolkit_sqlite.compiler.table import sqlite

__all__ = ["ddl", "sqlite"]
