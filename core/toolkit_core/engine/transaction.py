"""Transactions: the outermost one, savepoints in it, and the two-phase kind."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from toolkit_core.engine import transact
from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection


class Transaction:
    """A transaction in progress on a connection; also a context manager.

    Leaving the ``with`` block commits; leaving it by an exception rolls back.
    """

    kind = ""
    is_active = True
    # The transaction whose block surrounds the block of this one.
    outer_context: Transaction | None = None

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def is_valid(self) -> bool:
        """Whether the transaction goes on, and the connection behind it is still there."""
        return self.is_active and not self.connection.invalidated

    def commit(self) -> None:
        """Make the changes permanent."""
        if not self.is_active:
            if self._is_current():
                transact.refuse_inactive(self.connection)
            raise InvalidRequestError(
                f"This {self.kind}transaction is inactive",
                hint="it was ended before; begin a new one",
            )
        self._commit()

    def rollback(self) -> None:
        """Undo the changes; once ended, this does nothing but warn."""
        if self.is_active or self._is_current():
            self._rollback()
        else:
            warn(f"{self.kind}transaction already deassociated from connection")

    def close(self) -> None:
        """Roll back if the transaction has not ended yet."""
        if self.is_active or self._is_current():
            self._rollback()

    def _commit(self) -> None:
        raise NotImplementedError

    def _rollback(self) -> None:
        raise NotImplementedError

    def _is_current(self) -> bool:
        raise NotImplementedError

    def __enter__(self) -> Self:
        transact.enter_context(self.connection, self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        transact.leave_context(self.connection, self)
        if kind is not None and not issubclass(kind, Exception):
            # An interruption (Ctrl-C, a cancelled task) must arrive; what cannot be rolled back
            # by now is lost with the connection, or not committed.
            with suppress(Exception):
                self.close()
        elif kind is not None:
            self.close()
        elif self.is_active:
            try:
                self._commit()
            except BaseException:
                self.close()
                raise


class RootTransaction(Transaction):
    """The outermost transaction of a connection."""

    def _commit(self) -> None:
        transact.commit_root(self.connection, self)

    def _rollback(self) -> None:
        transact.rollback_root(self.connection, self)

    def _is_current(self) -> bool:
        return self.connection._transaction is self


class NestedTransaction(Transaction):
    """A savepoint."""

    kind = "nested "

    def __init__(self, connection: Connection, name: str) -> None:
        super().__init__(connection)
        self.name = name
        self.previous: NestedTransaction | None = connection._nested
        self.callbacks_before = len(connection._callbacks or ())

    def _commit(self) -> None:
        transact.release(self.connection, self)

    def _rollback(self) -> None:
        transact.rollback_to(self.connection, self)

    def _is_current(self) -> bool:
        return transact.is_nested_in(self.connection, self)


class TwoPhaseTransaction(RootTransaction):
    """A transaction that is prepared first and committed, maybe by somebody else, later."""

    def __init__(self, connection: Connection, xid: Any) -> None:
        super().__init__(connection)
        self.xid = xid
        self.is_prepared = False

    def prepare(self) -> None:
        """Promise that the commit will succeed; commit or roll back after this."""
        if not self.is_active:
            raise InvalidRequestError("This transaction is inactive")
        transact.prepare(self.connection, self)
        self.is_prepared = True
