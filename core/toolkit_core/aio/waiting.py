"""A task that waits for another, which may be in another event loop's thread."""

from __future__ import annotations

import asyncio


class Waiting:
    """A future that may be resolved from any thread."""

    __slots__ = ("_loop", "future")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        # True once somebody has woken us; False: we have waited long enough.
        self.future: asyncio.Future[bool] = self._loop.create_future()

    def wake(self) -> bool:
        """Have the task go on; False: it never will, its event loop has ended."""
        try:
            if asyncio._get_running_loop() is self._loop:
                self._resolve(True)
            else:
                self._loop.call_soon_threadsafe(self._resolve, True)
        except RuntimeError:
            return False
        return True

    def give_up_after(self, seconds: float) -> asyncio.TimerHandle:
        """Have the task go on after so long in any case."""
        return self._loop.call_later(max(seconds, 0), self._resolve, False)

    def _resolve(self, woken: bool) -> None:
        if not self.future.done():
            self.future.set_result(woken)
