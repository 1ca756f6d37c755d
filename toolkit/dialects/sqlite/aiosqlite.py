"""SQLite by ``aiosqlite``, for asyncio."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import Dialect
from toolkit_sqlite.drivers.aiosqlite_adapted import (
    AioSQLiteConnection as AsyncAdapt_aiosqlite_connection,
)
from toolkit_sqlite.plugin import plugin


def dialect(**options: Any) -> Dialect:
    """Return SQLite with this driver."""
    return plugin.dialect("aiosqlite", **options)


__all__ = ["AsyncAdapt_aiosqlite_connection", "dialect"]
