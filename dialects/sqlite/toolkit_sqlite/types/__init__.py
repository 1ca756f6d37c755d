"""How values travel to SQLite and back: it stores numbers, text and bytes, and nothing else."""

from toolkit_sqlite.types import json_type, number, string, unique_id
from toolkit_sqlite.types.table import sqlite_types
from toolkit_sqlite.types.temporal import DATE, DATETIME, TIME

__all__ = [
    "DATE",
    "DATETIME",
    "TIME",
    "json_type",
    "number",
    "sqlite_types",
    "string",
    "unique_id",
]
