"""What serves one task at a time says so to the second one."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

from toolkit_core.errors import InvalidRequestError


def refuse_second(
    what: str, using: asyncio.Task[Any], task: asyncio.Task[Any] | None, hint: str
) -> NoReturn:
    """Refuse a task while another is using the same thing."""
    name = None if task is None else task.get_name()
    raise InvalidRequestError(
        f"This {what} is in use by task {using.get_name()!r}; task {name!r} can't "
        "use it at the same time",
        hint=hint,
    )
