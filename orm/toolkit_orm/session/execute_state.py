"""What listeners of ``do_orm_execute`` are given: a statement about to be executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


class ORMExecuteState:
    """One call of ``Session.execute()``: the statement may be changed, or a result returned."""

    def __init__(
        self,
        session: Session,
        statement: Any,
        parameters: Any,
        execution_options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any],
    ) -> None:
        self.session = session
        self.statement = statement
        self.parameters = parameters
        self.local_execution_options = execution_options
        self.bind_arguments = bind_arguments
        # The listeners that have not been called yet.
        self._left = list(session.dispatch.do_orm_execute)

    @property
    def execution_options(self) -> dict[str, Any]:
        """The options of the statement, with those of this call."""
        own = getattr(self.statement, "_execution_options", {})
        return {**own, **self.local_execution_options}

    @property
    def is_select(self) -> bool:
        """Whether it is a SELECT."""
        return bool(getattr(self.statement, "is_select", False))

    @property
    def is_insert(self) -> bool:
        """Whether it is an INSERT."""
        return bool(getattr(self.statement, "is_insert", False))

    @property
    def is_update(self) -> bool:
        """Whether it is an UPDATE."""
        return bool(getattr(self.statement, "is_update", False))

    @property
    def is_delete(self) -> bool:
        """Whether it is a DELETE."""
        return bool(getattr(self.statement, "is_delete", False))

    @property
    def is_executemany(self) -> bool:
        """Whether there are several sets of parameters."""
        return isinstance(self.parameters, (list, tuple))

    def update_execution_options(self, **opts: Any) -> None:
        """Set options of this execution."""
        self.local_execution_options = {**self.local_execution_options, **opts}

    def invoke_statement(
        self, statement: Any = None, params: Any = None, execution_options: Any = None
    ) -> Any:
        """Execute the statement, or another, and return its result."""
        if statement is not None:
            self.statement = statement
        if params is not None:
            self.parameters = params
        if execution_options:
            self.update_execution_options(**execution_options)
        return self.result()

    def result(self) -> Any:
        """Call the listeners that are left, then execute unless one has returned a result."""
        while self._left:
            found = self._left.pop(0)(self)
            if found is not None:
                return found
        return self.session._executed(
            self.statement, self.parameters, self.local_execution_options, self.bind_arguments, {}
        )
