"""What arguments of the ORM may be, for annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TableArgs = tuple[Any, ...] | dict[str, Any]
"""What ``__table_args__`` may be."""

ExecuteOptions = Mapping[str, Any]
"""What ``execution_options`` of a session's methods may be."""
