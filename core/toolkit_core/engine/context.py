"""What is known of one execution: what listeners receive, and may keep their own things on."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.execution_facts import ExecutionFacts

if TYPE_CHECKING:
    from toolkit_core.compiler.compiled import Compiled
    from toolkit_core.dialect import Dialect
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.dml_facts import DMLFacts
    from toolkit_core.engine.engine import Engine


class ExecutionContext(ExecutionFacts):
    """One execution of one statement; made only when somebody listens, logs or sets options."""

    cursor: Any

    def __init__(
        self,
        connection: Connection,
        compiled: Compiled,
        invoked: Any,
        parameters: Any,
        executemany: bool,
        options: Mapping[str, Any],
    ) -> None:
        self.root_connection = self.connection = connection
        self.compiled = compiled
        self.invoked_statement = invoked
        self.statement = compiled.sql
        self.parameters = parameters
        self.executemany = executemany
        self.is_driver_sql = isinstance(invoked, str)
        self.execution_options = options
        self.cursor = None
        self.deadline: float | None = None
        # Several sets are sent, as one statement.
        self.is_batch = False
        # Of an INSERT, UPDATE or DELETE.
        self.dml: DMLFacts | None = None

    @property
    def facts(self) -> ExecutionFacts:
        """What the result may tell of the statement."""
        return self if self.dml is None else self.dml

    @property
    def isinsert(self) -> bool:
        """Whether it is an INSERT."""
        return self.facts.is_insert

    @property
    def isupdate(self) -> bool:
        """Whether it is an UPDATE."""
        return self.facts.is_update

    @property
    def isdelete(self) -> bool:
        """Whether it is a DELETE."""
        return self.dml is not None and self.dml.isdelete

    def timed_out(self) -> bool:
        """Tell whether the statement has used up the time that it was given."""
        return self.deadline is not None and monotonic() >= self.deadline

    @property
    def dialect(self) -> Dialect:
        """The dialect that the statement was written for."""
        return self.connection._parts.dialect

    @property
    def engine(self) -> Engine:
        """The engine that the statement is executed on."""
        return self.connection.engine
