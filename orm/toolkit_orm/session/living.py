"""All sessions that there are."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_numbers = count(1)
_sessions: WeakValueDictionary[int, Session] = WeakValueDictionary()


def numbered(session: Session) -> int:
    """Note that a session is there, and return its number."""
    number = next(_numbers)
    _sessions[number] = session
    return number


def close_all_sessions() -> None:
    """Close all sessions that there are."""
    for session in list(_sessions.values()):
        session.close()
