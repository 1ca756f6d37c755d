"""The entry point: PostgreSQL with its drivers."""

from __future__ import annotations

from toolkit_core.dialect import DialectPlugin
from toolkit_postgresql.dialect import make

plugin = DialectPlugin(
    name="postgresql",
    default_driver="psycopg2",
    drivers={
        "psycopg2": "toolkit_postgresql.drivers.psycopg2:Psycopg2",
        "psycopg": "toolkit_postgresql.drivers.psycopg:Psycopg",
        "asyncpg": "toolkit_postgresql.drivers.asyncpg:Asyncpg",
        "psycopg_async": "toolkit_postgresql.drivers.psycopg_async:PsycopgAsync",
    },
    make=make,
)
