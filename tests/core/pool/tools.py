"""What the tests of pools share: real SQLite connections, a clock to set, threads to wait for."""

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

from toolkit_core.events import listen
from toolkit_core.pool import Pool
from toolkit_core.pool.driver import PlainDriver

EVENTS = (
    "connect",
    "first_connect",
    "checkout",
    "checkin",
    "reset",
    "invalidate",
    "soft_invalidate",
    "close",
    "detach",
    "close_detached",
)


def connect() -> sqlite3.Connection:
    """Open a database in memory, which any thread may use."""
    return sqlite3.connect(":memory:", check_same_thread=False)


def is_open(conn: Any) -> bool:
    try:
        conn.execute("select 1")
    except sqlite3.ProgrammingError:
        return False
    return True


class Clock:
    """Stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class WatchedDriver(PlainDriver):
    """Notes what is sent, to whom; a connection in ``dead`` does not answer a ping."""

    def __init__(self, *, is_async: bool = False) -> None:
        self.is_async = is_async
        self.sent: list[str] = []
        self.dead: set[int] = set()

    def rollback(self, connection: Any, /) -> None:
        self.sent.append("rollback")
        super().rollback(connection)

    def commit(self, connection: Any, /) -> None:
        self.sent.append("commit")
        super().commit(connection)

    def close(self, connection: Any, /) -> None:
        self.sent.append("close")
        super().close(connection)

    def terminate(self, connection: Any, /) -> None:
        self.sent.append("terminate")
        super().terminate(connection)

    def ping(self, connection: Any, /) -> bool:
        self.sent.append("ping")
        if id(connection) in self.dead:
            raise sqlite3.OperationalError("server has gone away")
        return super().ping(connection)


def record_events(pool: Pool) -> list[str]:
    """Return a list to which the pool's events append their names."""
    heard: list[str] = []

    def listener(name: str) -> Callable[..., None]:
        return lambda *arguments: heard.append(name)

    for name in EVENTS:
        listen(pool, name, listener(name))
    return heard


def until(condition: Callable[[], object], *, seconds: float = 10) -> None:
    """Wait for something that another thread is about to do."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.001)


class InThread:
    """Runs a function in a thread; ``result()`` waits, and raises what the function raised."""

    def __init__(self, function: Callable[[], Any], *, name: str | None = None) -> None:
        self._value: Any = None
        self._error: BaseException | None = None

        def run() -> None:
            try:
                self._value = function()
            except BaseException as error:  # noqa: BLE001 - it is raised again by result()
                self._error = error

        self.thread = threading.Thread(target=run, name=name, daemon=True)
        self.thread.start()

    def result(self) -> Any:
        self.thread.join(30)
        assert not self.thread.is_alive(), "the thread hangs"
        if self._error is not None:
            raise self._error
        return self._value
