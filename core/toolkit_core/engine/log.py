"""The echo log: the SQL, its parameters, and the ends of transactions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

from toolkit_core.errors.parameters import one_set_text, parameters_text
from toolkit_core.lazy_module import lazy_module
from toolkit_core.log_levels import DEBUG, INFO, logging_is_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import Any

    from toolkit_core.compiler.compiled import Compiled
    from toolkit_core.engine import standard_output
else:
    logging = lazy_module("logging")
    standard_output = lazy_module("toolkit_core.engine.standard_output")

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class EngineLog:
    """One engine's logger; its level is looked at when a connection is made, not later."""

    __slots__ = ("_name", "echo", "enabled", "hide_parameters")

    def __init__(self, echo: bool | str | None, name: str | None, *, hide_parameters: bool) -> None:
        full = "toolkit.engine.Engine"
        self._name = f"{full}.{name}" if name else full
        self.hide_parameters = hide_parameters
        # Whether the logger would write a message of a level.
        self.enabled: Callable[[int], bool] = self._not_yet
        self.set_echo(echo)

    @property
    def logger(self) -> logging.Logger:
        """The logger; asking for it imports ``logging``."""
        return logging.getLogger(self._name)

    def _not_yet(self, level: int) -> bool:
        """Stand in for the logger's own answer, for as long as nobody can have configured it."""
        if not logging_is_imported():
            return False
        self.enabled = self.logger.isEnabledFor
        return self.enabled(level)

    def set_echo(self, echo: bool | str | None) -> None:
        """Turn the engine's own output on, with ``"debug"`` the rows too, or off."""
        self.echo = echo
        if echo:
            show_on_stdout(logging.getLogger("toolkit"))

    @property
    def wants_rows(self) -> bool:
        """Whether the rows of results are to be written, too."""
        return self.echo == "debug" or self.enabled(DEBUG)

    def columns(self, names: Sequence[str], token: str | None) -> None:
        """Write the names of a result's columns."""
        log_anyway(self.logger, DEBUG, *_with_token("Col %r", (tuple(names),), token))

    def rows(self, rows: Iterable[Any], token: str | None) -> None:
        """Write some rows of a result."""
        for row in rows:
            shown = (one_set_text(tuple(row)),)
            log_anyway(self.logger, DEBUG, *_with_token("Row %s", shown, token))

    def write(self, message: str, *values: Any, token: str | None = None) -> None:
        """Write a line, whatever the logger's own level: the caller has asked ``level``."""
        log_anyway(self.logger, INFO, *_with_token(message, values, token))

    def statement(
        self,
        sql: str,
        parameters: Any,
        origin: str,
        *,
        many: bool = False,
        token: str | None = None,
    ) -> None:
        """Write a statement and, on a line of their own, its parameters."""
        self.write("%s", sql, token=token)
        shown = parameters_text(parameters, ismulti=many, hide=self.hide_parameters)
        self.write("[%s] %s", origin, shown, token=token)


def _with_token(
    message: str, values: tuple[Any, ...], token: str | None
) -> tuple[str, tuple[Any, ...]]:
    return (message, values) if token is None else ("[%s] " + message, (token, *values))


def log_anyway(logger: logging.Logger, level: int, message: str, values: tuple[Any, ...]) -> None:
    """Hand a record to the logger's handlers without asking the logger's level."""
    frame = sys._getframe(2)
    record = logger.makeRecord(
        logger.name, level, frame.f_code.co_filename, frame.f_lineno, message, values, None
    )
    logger.handle(record)


def show_on_stdout(logger: logging.Logger) -> None:
    """Give the logger a handler to standard output, if no handler would show anything."""
    if not logger.hasHandlers():
        handler = standard_output.StandardOutput()
        handler.setFormatter(logging.Formatter(_FORMAT))
        logger.addHandler(handler)


def origin_text(compiled: Compiled, now: float) -> str:
    """Say where the SQL of a compiled statement comes from, as the log shows it."""
    if compiled.uses <= 1:
        return f"generated in {compiled.made_in:.5f}s"
    return f"cached since {now - compiled.made_at:.4g}s ago"
