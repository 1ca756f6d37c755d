"""Stopping from here what the server would not stop by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def deadline(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    """Call a function when the time is up, unless the block has ended before.

    >>> with deadline(60, lambda: print("too late")):
    ...     print("in time")
    in time
    """

    def stop_if_possible() -> None:
        # Without its KILL the statement goes on to its end; nobody here could tell anyone.
        with suppress(Exception):
            stop()

    timer = threading.Timer(seconds, stop_if_possible)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # What it may be about to stop must not be the next statement.
        timer.join()
