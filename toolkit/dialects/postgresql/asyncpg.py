"""PostgreSQL by asyncpg."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import Dialect
from toolkit_postgresql.plugin import plugin


def dialect(**options: Any) -> Dialect:
    """Return PostgreSQL with this driver."""
    return plugin.dialect("asyncpg", **options)


__all__ = ["dialect"]
