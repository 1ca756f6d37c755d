"""What a pool needs of a driver, and what stands in when it is used without an engine."""

from __future__ import annotations

import threading

from toolkit_core.checker_names import Protocol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any


class Verdict(Protocol):
    """What an error means, as far as a pool cares."""

    @property
    def disconnect(self) -> bool:
        """Whether the connection is lost with it."""


class PoolDriver(Protocol):
    """The part of a dialect's driver that a pool calls."""

    @property
    def is_async(self) -> bool:
        """Whether the connection can be spoken to only from a task."""

    def rollback(self, connection: Any, /) -> None:
        """Roll the open transaction back, if there is one."""

    def commit(self, connection: Any, /) -> None:
        """Commit the open transaction, if there is one."""

    def close(self, connection: Any, /) -> None:
        """Close the connection in good order."""

    def terminate(self, connection: Any, /) -> None:
        """Close the connection at once, without waiting for the server."""

    def ping(self, connection: Any, /) -> bool:
        """Ask for a sign of life; an error or False: there is none."""

    def classify(self, error: BaseException, connection: Any, /) -> Verdict:
        """Tell what an error of the driver means."""

    def new_lock(self) -> AbstractContextManager[object]:
        """Return a lock that whoever holds it may take again."""

    def loop_lost(self, connection: Any, /) -> bool:
        """Tell whether the event loop of a connection has ended; it is asked if ``is_async``.

        That the loop goes on, but is another than the one that we are in, is an error.
        """

    def task_name(self) -> str | None:
        """Return the name of the task that we are in; it is asked if ``is_async``."""


class Disconnected:
    """The verdict on an error of which nothing is known but that a ping failed with it."""

    disconnect = True


class PlainDriver:
    """Any DBAPI connection, treated as PEP 249 says."""

    is_async = False

    def rollback(self, connection: Any, /) -> None:
        """Roll back."""
        connection.rollback()

    def commit(self, connection: Any, /) -> None:
        """Commit."""
        connection.commit()

    def close(self, connection: Any, /) -> None:
        """Close."""
        connection.close()

    def terminate(self, connection: Any, /) -> None:
        """Close: PEP 249 knows no harder way."""
        connection.close()

    def ping(self, connection: Any, /) -> bool:
        """Run the smallest statement that most databases know."""
        cursor = connection.cursor()
        try:
            cursor.execute("SELECT 1")
        finally:
            cursor.close()
        return True

    def classify(self, error: BaseException, connection: Any, /) -> Verdict:
        """Take every error of a ping for a lost connection: without a dialect none is known."""
        return Disconnected()

    def new_lock(self) -> AbstractContextManager[object]:
        """Return a lock of threads."""
        return threading.RLock()

    def loop_lost(self, connection: Any, /) -> bool:
        """Know of no loop."""
        return False

    def task_name(self) -> str | None:
        """Know of no task."""
        return None


class SilentDriver(PlainDriver):
    """For connections that belong to another process: nothing may be sent on them."""

    def rollback(self, connection: Any, /) -> None:
        """Send nothing."""

    def commit(self, connection: Any, /) -> None:
        """Send nothing."""

    def close(self, connection: Any, /) -> None:
        """Send nothing."""

    def terminate(self, connection: Any, /) -> None:
        """Send nothing."""

    def ping(self, connection: Any, /) -> bool:
        """Never alive."""
        return False
