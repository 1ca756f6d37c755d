"""The sessions that there are, for whoever wants to close them all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

LIVING: WeakSet[Session] = WeakSet()


def close_all_sessions() -> None:
    """Close all sessions that there are."""
    for session in list(LIVING):
        session.close()
