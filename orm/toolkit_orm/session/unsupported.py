"""What sessions are not asked for any more, or not yet: refused by name."""

from __future__ import annotations

from typing import NoReturn

from toolkit_core.errors import ArgumentError


def refuse_unsupported(*, future: bool, autocommit: bool) -> NoReturn:
    """Refuse arguments of a session that would be ignored."""
    if autocommit:
        raise ArgumentError(
            "autocommit=True is no longer supported",
            hint="a session begins a transaction when it is used: commit() it",
        )
    if not future:
        raise ArgumentError(
            "The 'future' parameter passed to Session() may only be set to True.",
            hint="sessions are as in SQLAlchemy 2.0",
        )
    raise ArgumentError(
        "twophase=True is not there yet for sessions",
        hint="Connection.begin_twophase() has two-phase transactions",
    )
