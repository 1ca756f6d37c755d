"""The entry point: SQLite with its drivers."""

from __future__ import annotations

from toolkit_core.dialect import DialectPlugin
from toolkit_sqlite.dialect import make

plugin = DialectPlugin(
    name="sqlite",
    default_driver="pysqlite",
    drivers={
        "pysqlite": "toolkit_sqlite.drivers.pysqlite:PySQLite",
        "aiosqlite": "toolkit_sqlite.drivers.aiosqlite:AioSQLite",
    },
    make=make,
)
