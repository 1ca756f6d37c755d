"""A lock that tasks wait for, within blocking code on the bridge."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

from greenlet import getcurrent, greenlet

from toolkit_core.aio.bridge import await_only, require_bridge
from toolkit_core.aio.waiting import Waiting

_WHAT = "a lock that another task holds"


class TaskLock:
    """Lets one piece of blocking code in at a time; that one as often as it likes.

    Tasks wait in the order they came, also those of other event loops.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._owner: greenlet | None = None
        self._depth = 0
        self._waiting: deque[tuple[greenlet, Waiting]] = deque()

    def __enter__(self) -> None:
        me = getcurrent()
        with self._guard:
            if self._owner is None:
                self._owner = me
            if self._owner is me:
                self._depth += 1
                return
            require_bridge(_WHAT)
            waiting = Waiting()
            self._waiting.append((me, waiting))
        try:
            await_only(waiting.future, _WHAT)
        except BaseException:
            self._leave(me, waiting)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth == 0:
                self._hand_over()

    def _hand_over(self) -> None:
        self._owner = None
        while self._waiting and self._owner is None:
            heir, waiting = self._waiting.popleft()
            if waiting.wake():
                self._owner, self._depth = heir, 1

    def _leave(self, me: greenlet, waiting: Waiting) -> None:
        """Wait no longer; what was handed over meanwhile goes to the next."""
        with self._guard:
            if self._owner is me:
                self._depth = 0
                self._hand_over()
            elif (me, waiting) in self._waiting:
                self._waiting.remove((me, waiting))
