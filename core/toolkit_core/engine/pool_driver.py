"""What an engine's pool calls: its driver, but that the engine has a say in some of it."""

from __future__ import annotations

from collections.abc import Callable

from toolkit_core.dialect import Driver
from toolkit_core.engine.failure import seen_without_connection
from toolkit_core.errors import ErrorFacts
from toolkit_core.errors.facts import NOTHING_KNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.engine.engine import Engine


class EnginePoolDriver:
    """The driver's own functions, with a ping whose failure ``handle_error`` hears."""

    engine: Engine

    def __init__(self, driver: Driver, *, skip_autocommit_rollback: bool) -> None:
        self._driver = driver
        self.is_async = driver.is_async
        self.new_lock = driver.new_lock
        self.loop_lost = driver.loop_lost
        self.task_name = driver.task_name
        self.get_driver_connection = driver.get_driver_connection
        # The driver's bound methods: the pool calls them with nothing in between.
        self.commit: Callable[[Any], None] = driver.commit
        self.close: Callable[[Any], None] = driver.close
        self.terminate: Callable[[Any], None] = driver.terminate
        self.rollback: Callable[[Any], None] = (
            self._rollback_unless_autocommit if skip_autocommit_rollback else driver.rollback
        )

    def ping(self, connection: Any, /) -> bool:
        """Ask for a sign of life; False: the connection is lost."""
        try:
            return self._driver.ping(connection)
        except Exception as error:
            told, seen = seen_without_connection(self.engine, error, connection, is_pre_ping=True)
            if told.is_disconnect:
                return False
            if seen is error:
                raise
            raise seen from error

    def classify(self, error: BaseException, connection: Any, /) -> ErrorFacts:
        """Tell nothing: an error that comes out of ``ping`` is no lost connection."""
        return NOTHING_KNOWN

    def _rollback_unless_autocommit(self, connection: Any) -> None:
        if not self._driver.detect_autocommit(connection):
            self._driver.rollback(connection)
