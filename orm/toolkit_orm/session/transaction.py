"""The transactions of a session: the outermost one, and savepoints in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, get_args

from toolkit_core.engine import Connection, Engine
from toolkit_core.errors import ArgumentError, PendingRollbackError, ResourceClosedError
from toolkit_orm.session.ledger import Ledger, expire_all, take_back
from toolkit_orm.session.session_events import tell, tell_each

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.session import Session


class Joined:
    """A connection that takes part in a transaction of a session."""

    __slots__ = ("closes", "connection", "transaction")

    def __init__(self, connection: Connection, transaction: Any, *, closes: bool) -> None:
        self.connection = connection
        # What ends with the session's; None: somebody else ends it.
        self.transaction = transaction
        # Whether the connection goes back when the transaction ends.
        self.closes = closes


class SessionTransaction:
    """One transaction of a session: of all connections that take part in it."""

    def __init__(self, session: Session, parent: SessionTransaction | None) -> None:
        self.session = session
        self.parent = parent
        self.ledger = Ledger()
        self._joined: dict[Any, Joined] = {}
        # The error after which nothing but a rollback is possible.
        self.failure: BaseException | None = None
        self._is_open = True
        if parent is not None:
            self._set_savepoints(parent)
        tell(session, "after_transaction_create", self)

    @property
    def nested(self) -> bool:
        """Whether it is a savepoint."""
        return self.parent is not None

    @property
    def is_active(self) -> bool:
        """Whether statements can be executed in it."""
        return self._is_open and self.failure is None

    def _set_savepoints(self, parent: SessionTransaction) -> None:
        for bind, joined in parent._joined.items():
            self._joined[bind] = Joined(
                joined.connection, joined.connection.begin_nested(), closes=False
            )

    # -- connections ----------------------------------------------------------------------

    def connection(self, bind: Engine | Connection, options: Any = None) -> Connection:
        """Return the connection to a bind that takes part, joining it if it does not yet."""
        self.check()
        joined = self._joined.get(bind)
        if joined is None:
            joined = self._joined[bind] = self._join(bind, options)
            tell(self.session, "after_begin", self, joined.connection)
        return joined.connection

    def _join(self, bind: Engine | Connection, options: Any) -> Joined:
        if self.parent is not None:
            # All levels have it, so that each ends its own part.
            connection = self.parent.connection(bind, options)
            return Joined(connection, connection.begin_nested(), closes=False)
        if isinstance(bind, Connection):
            return Joined(bind, _taken_over(bind, self.session.join_transaction_mode), closes=False)
        connection = bind.connect()
        try:
            if options:
                connection = connection.execution_options(**options)
            return Joined(connection, connection.begin(), closes=True)
        except BaseException:
            connection.close()
            raise

    # -- its end --------------------------------------------------------------------------

    def check(self) -> None:
        """Refuse what cannot be done any more, and say why."""
        if self.failure is not None:
            raise PendingRollbackError(
                "This Session's transaction has been rolled back due to a previous exception "
                "during flush. To begin a new transaction with this Session, first issue "
                f"Session.rollback(). Original exception was: {self.failure}",
                code="7s2a",
            )
        if not self._is_open:
            raise ResourceClosedError("This transaction is closed")

    def fail(self, error: BaseException) -> None:
        """After an error in a flush: the database is rolled back at once, objects later."""
        self.failure = error
        for joined in self._joined.values():
            if joined.transaction is not None:
                with suppress(Exception):
                    joined.transaction.rollback()

    def commit(self) -> None:
        """Flush and commit; a savepoint is released."""
        session = self.session
        self.check()
        self._end_inner("commit")
        if self.parent is None or self._joined:
            tell(session, "before_commit")
        session.flush()
        try:
            self._each(lambda transaction: transaction.commit())
        except BaseException:
            self.rollback()
            raise
        if self.parent is not None:
            self.ledger.pass_to(self.parent.ledger)
        self._end()
        if self.parent is None:
            for state in self.ledger.deleted:
                state.home = None
            tell(session, "after_commit")
            if session.dispatch.active:
                tell_each(session, "deleted_to_detached", self.ledger.deleted)
            if session.expire_on_commit:
                expire_all(session)

    def rollback(self) -> None:
        """Roll back, and have objects be as they were."""
        if not self._is_open:
            raise ResourceClosedError("This transaction is closed")
        self._end_inner("rollback")
        try:
            if self.failure is None:
                self._each(lambda transaction: transaction.rollback())
        finally:
            if self.parent is None:
                tell(self.session, "after_rollback")
            take_back(self.session, self.ledger, nested=self.nested)
            self._end()
            tell(self.session, "after_soft_rollback", self)

    def close(self) -> None:
        """End it without a commit, and leave objects as they are."""
        if self._is_open:
            self._end_inner("close")
            with suppress(Exception):
                if self.failure is None:
                    self._each(lambda transaction: transaction.close())
            self._end()

    def invalidate(self) -> None:
        """Throw the connections away."""
        for joined in self._joined.values():
            joined.connection.invalidate()

    def _each(self, end: Callable[[Any], None]) -> None:
        for joined in self._joined.values():
            if joined.transaction is not None:
                end(joined.transaction)

    def _end_inner(self, how: str) -> None:
        """End the savepoints inside of this one in the same way."""
        while self.session._transaction is not self:
            inner = self.session._transaction
            if inner is None:
                raise ResourceClosedError("This transaction is closed")
            getattr(inner, how)()

    def _end(self) -> None:
        self._is_open = False
        self.session._transaction = self.parent
        for joined in self._joined.values():
            if joined.closes:
                joined.connection.close()
        self._joined.clear()
        tell(self.session, "after_transaction_end", self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._is_open:
            return
        if kind is None:
            try:
                self.commit()
            except BaseException:
                if self._is_open:
                    self.rollback()
                raise
        else:
            self.rollback()


def _taken_over(connection: Connection, mode: str) -> Any:
    """Return what of a connection that is somebody's the session ends; None: nothing."""
    if not connection.in_transaction():
        return connection.begin()
    if mode == "conditional_savepoint":
        mode = "create_savepoint" if connection.in_nested_transaction() else "rollback_only"
    if mode == "create_savepoint":
        return connection.begin_nested()
    whole = connection.get_transaction()
    if mode == "control_fully":
        return whole
    return _RollbackOnly(whole)


class _RollbackOnly:
    """Somebody else's transaction: it can be rolled back, and who has begun it commits it."""

    __slots__ = ("_whole",)

    def __init__(self, whole: Any) -> None:
        self._whole = whole

    def commit(self) -> None:
        """Leave it to who has begun it."""

    def rollback(self) -> None:
        """Roll all of it back."""
        self._whole.rollback()

    def close(self) -> None:
        """Roll all of it back."""
        self._whole.rollback()


JoinTransactionMode = Literal[
    "conditional_savepoint", "rollback_only", "control_fully", "create_savepoint"
]
JOIN_MODES = get_args(JoinTransactionMode)


def checked_join_mode(mode: str) -> str:
    """Return how a session joins a transaction that is in progress, if there is such a way."""
    if mode not in JOIN_MODES:
        raise ArgumentError(
            f"invalid selection {mode!r} for join_transaction_mode",
            hint=f"one of {', '.join(map(repr, JOIN_MODES))}",
        )
    return mode
