"""How SQLite writes what it writes differently; the same file names as the standard's rules."""

from toolkit_sqlite.compiler import conflict, ddl, delete, dml, insert
from toolkit_sqlite.compiler.table import sqlite

__all__ = ["conflict", "ddl", "delete", "dml", "insert", "sqlite"]
