"""Asynchronous faces hear nothing: listeners go to what is behind them."""

from __future__ import annotations

from typing import NoReturn

_OF_ENGINES = "the AsyncEngine.sync_engine or AsyncConnection.sync_connection attributes"


def refuse_events(where: str = _OF_ENGINES) -> NoReturn:
    """Say where listeners go."""
    raise NotImplementedError(
        "asynchronous events are not implemented at this time.  Apply synchronous listeners to "
        f"{where}."
    )
