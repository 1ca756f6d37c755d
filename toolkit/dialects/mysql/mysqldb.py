"""MySQL by mysqldb."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import Dialect
from toolkit_mysql.plugin import plugin


def dialect(**options: Any) -> Dialect:
    """Return MySQL with this driver."""
    return plugin.dialect("mysqldb", **options)


__all__ = ["dialect"]
