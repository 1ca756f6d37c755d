"""Asynchronous faces hear nothing: listeners go to what is behind them."""

from __future__ import annotations

from typing import NoReturn


def refuse_events() -> NoReturn:
    """Say where listeners go."""
    raise NotImplementedError(
        "asynchronous events are not implemented at this time.  Apply synchronous listeners to "
        "the AsyncEngine.sync_engine or AsyncConnection.sync_connection attributes."
    )
