"""The log of a pool: ``toolkit.pool.impl.<class>[.<name>]``, as loud as ``echo`` asks for."""

from __future__ import annotations

import sys

from toolkit_core.lazy_module import lazy_module
from toolkit_core.log_levels import DEBUG, INFO, is_enabled

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import TypeAlias
else:
    logging = lazy_module("logging")

# True for what is out of the ordinary, "debug" for each step.
Echo: TypeAlias = bool | str | None


class PoolLog:
    """A logger whose level is read once, so that a silent one costs a flag test.

    ``echo`` raises it to INFO, or to DEBUG, whatever the logger's own level is, and sends
    it to standard output if logging was not configured.
    """

    __slots__ = ("_name", "active", "debugs", "informs")

    def __init__(self, class_name: str, logging_name: str | None, echo: Echo) -> None:
        name = f"toolkit.pool.impl.{class_name}"
        self._name = f"{name}.{logging_name}" if logging_name else name
        self.debugs = echo == "debug" or is_enabled(self._name, DEBUG)
        self.informs = bool(echo) or self.debugs or is_enabled(self._name, INFO)
        self.active = self.informs
        if echo and not self.logger.hasHandlers():
            _print_to_stdout()

    @property
    def logger(self) -> logging.Logger:
        """The logger; asking for it imports ``logging``."""
        return logging.getLogger(self._name)

    def debug(self, message: str, *args: object) -> None:
        """Log what happens to each connection each time."""
        if self.debugs:
            self._emit(DEBUG, message, args)

    def info(self, message: str, *args: object) -> None:
        """Log what happens to a connection out of the ordinary."""
        if self.informs:
            self._emit(INFO, message, args)

    def error(self, message: str, *args: object) -> None:
        """Log what is wrong in the program that uses the pool."""
        self.logger.error(message, *args)

    def failure(self, message: str, *args: object) -> None:
        """Log the error that is being handled, and that goes no further."""
        self.logger.error(message, *args, exc_info=sys.exc_info())

    def _emit(self, level: int, message: str, args: tuple[object, ...]) -> None:
        # Past the logger's own level, which "echo" overrules.
        logger = self.logger
        record = logger.makeRecord(logger.name, level, "(pool)", 0, message, args, None, "pool")
        logger.handle(record)


def _print_to_stdout() -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("toolkit").addHandler(handler)
