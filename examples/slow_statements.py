"""An extension: tells of statements that take too long, and brings a command.

Its distribution would have, in pyproject.toml:

    [project.entry-points."toolkit.plugins"]
    slow-statements = "slow_statements:plugin"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from toolkit import Engine, event
from toolkit.plugins import hookimpl


class SlowStatements:
    """Keeps what took longer than ``limit`` seconds."""

    toolkit_api = "1"

    def __init__(self, limit: float = 0.5) -> None:
        self.limit = limit
        self.slow: list[str] = []

    @hookimpl
    def toolkit_engine_created(self, engine: Engine) -> None:
        """Listen to every engine that is made."""
        event.listen(engine, "before_cursor_execute", self.begin)
        event.listen(engine, "after_cursor_execute", self.end)

    @hookimpl
    def toolkit_commands(self) -> Mapping[str, Callable[[list[str]], int | None]]:
        """A command of ``python -m toolkit``."""
        return {"slow": self.show}

    def begin(
        self, conn: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        """Note the time on the context, which both listeners see."""
        context.began = perf_counter()

    def end(
        self, conn: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        """Keep the statement if it took too long."""
        if perf_counter() - context.began > self.limit:
            self.slow.append(sql)

    def show(self, arguments: list[str]) -> int:
        """List the statements that were slow."""
        print("\n".join(self.slow) or "none was slow")
        return 1 if self.slow else 0


plugin = SlowStatements()
