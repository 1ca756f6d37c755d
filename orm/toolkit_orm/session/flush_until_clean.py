"""Flushing before a commit, until listeners have nothing more to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit_orm.errors import FlushError

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_MOST_FLUSHES = 100


def flush_until_clean(session: Session) -> None:
    """Flush, and again while what was flushed has led to more."""
    if session._is_flushing:
        # The commit was called by a listener: the flush is under way.
        return
    for _ in range(_MOST_FLUSHES):
        if not session._is_dirty():
            return
        session.flush()
    raise FlushError(
        "Over 100 subsequent flushes have occurred within session.commit() - is an after_flush() "
        "hook creating new objects?"
    )
