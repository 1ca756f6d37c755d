"""The sessions that there are, for whoever wants to close them all."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_numbers = count(1)
# References that take themselves out, by functions that are none of Python's own: a web
# application makes many sessions.
_living: set[ref[Session]] = set()
_gone = _living.discard


def numbered(session: Session) -> int:
    """Note that a session is there, and return its number."""
    _living.add(ref(session, _gone))
    return next(_numbers)


def close_all_sessions() -> None:
    """Close all sessions that there are."""
    for found in list(_living):
        session = found()
        if session is not None:
            session.close()
