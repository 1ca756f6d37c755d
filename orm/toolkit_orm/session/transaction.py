"""The transactions of a session: the outermost one, and savepoints in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from toolkit_core import engine
from toolkit_core.errors import InvalidRequestError, warn
from toolkit_orm.session.flush_until_clean import flush_until_clean
from toolkit_orm.session.joining import Joined, close_each, taken_over
from toolkit_orm.session.ledger import Ledger, settle, take_back
from toolkit_orm.session.session_events import tell
from toolkit_orm.session.transaction_state import (
    ACTIVE,
    CLOSED,
    COMMITTED,
    DEACTIVE,
    PROVISIONING,
    SessionTransactionOrigin,
    refuse,
    refuse_in_block,
    refuse_meanwhile,
)

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.session import Session


class SessionTransaction:
    """One transaction of a session: of all connections that take part in it."""

    def __init__(
        self,
        session: Session,
        origin: SessionTransactionOrigin,
        parent: SessionTransaction | None = None,
    ) -> None:
        self.session = session
        self.origin = origin
        self.parent = parent
        self.ledger = Ledger()
        self._joined: dict[Any, Joined] = {}
        self._state = ACTIVE
        # The method that is about to change the state: no other may meanwhile.
        self._running: str | None = None
        # The error after which nothing but a rollback is possible.
        self.failure: BaseException | None = None
        # The transaction whose block is around the block of this one.
        self._outer_block: SessionTransaction | None = None
        # Its asynchronous face, by a weak reference.
        self._async_face: Any = None

    @property
    def nested(self) -> bool:
        """Whether it is a savepoint."""
        return self.origin is SessionTransactionOrigin.BEGIN_NESTED

    @property
    def is_active(self) -> bool:
        """Whether statements can be executed in it."""
        return self._state is ACTIVE

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self._state is not CLOSED

    @property
    def outermost(self) -> SessionTransaction:
        """The transaction that all savepoints are in."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    @property
    def _parent(self) -> SessionTransaction | None:
        # A name of old that listeners use.
        return self.parent

    # -- connections ----------------------------------------------------------------------

    @property
    def connections(self) -> frozenset[Connection]:
        """The connections that take part."""
        return frozenset(joined.connection for joined in self._joined.values())

    def bound_connection(self, bindkey: Any = None, **kwargs: Any) -> Connection:
        """Return the connection that takes part for a class, or for the session's bind.

        One that does not take part yet is refused: ``Session.connection()`` has it join.
        """
        bind = self.session.get_bind(bindkey, **kwargs)
        joined = self._joined.get(bind) or self._joined_by(bind)
        if joined is None:
            raise InvalidRequestError(
                f"This transaction has not acquired a connection for bind {bind}",
                hint="Session.connection() has one join it",
            )
        return joined.connection

    def connection(self, bindkey: Any, execution_options: Any = None, **kwargs: Any) -> Connection:
        """Return the connection that takes part for a class, or for the session's bind."""
        bind = self.session.get_bind(bindkey, **kwargs)
        return self.connection_to(bind, execution_options)

    def connection_to(self, bind: Engine | Connection, options: Any = None) -> Connection:
        """Return the connection to a bind that takes part, joining it if it does not yet."""
        self.check()
        joined = self._joined.get(bind) or self._joined_by(bind)
        if joined is None:
            before, self._running = self._running, "_connection_for_bind"
            try:
                joined = self._join(bind, options)
            finally:
                self._running = before
        elif options:
            warn("Connection is already established for the given bind; execution_options ignored")
        return joined.connection

    def _joined_by(self, bind: Engine | Connection) -> Joined | None:
        """Return what was joined by an engine, if this is its connection."""
        if isinstance(bind, engine.Connection):
            for joined in self._joined.values():
                if joined.connection is bind:
                    return joined
        return None

    def _join(self, bind: Engine | Connection, options: Any) -> Joined:
        if self.parent is not None:
            # All levels have it, so that each ends its own part.
            connection = self.parent.connection_to(bind, options)
            joined = Joined(connection, connection.begin_nested(), closes=False)
        else:
            self._state = PROVISIONING
            try:
                joined = self._join_outermost(bind, options)
            finally:
                self._state = ACTIVE
        self._joined[bind] = joined
        tell(self.session, "after_begin", self, joined.connection)
        return joined

    def _join_outermost(self, bind: Engine | Connection, options: Any) -> Joined:
        if isinstance(bind, engine.Connection):
            if bind.engine in self._joined:
                raise InvalidRequestError(
                    "Session already has a Connection associated for the given Connection's Engine"
                )
            if options:
                bind = bind.execution_options(**options)
            return Joined(bind, taken_over(bind, self.session.join_transaction_mode), closes=False)
        connection = bind.connect()
        try:
            options = {**self.session.execution_options, **(options or {})}
            if options:
                connection = connection.execution_options(**options)
            return Joined(connection, connection.begin(), closes=True)
        except BaseException:
            connection.close()
            raise

    # -- its end --------------------------------------------------------------------------

    def check(self) -> None:
        """Refuse what cannot be done any more, and say why."""
        if self._state is not ACTIVE:
            if self.session._block is self and self._state is DEACTIVE and self.failure is not None:
                refuse_in_block(self.failure)
            refuse(self._state, self.failure)

    def check_unchanging(self, method: str) -> None:
        """Refuse a method that would end it while another is about to."""
        if self._running is not None:
            refuse_meanwhile(method, self._running, CLOSED)
        guard = self.session._guard
        if guard is not None and self._joined:
            guard.method(method)

    def _begin_change(self, method: str, step: str) -> None:
        """Let nobody else change the state until ``_running`` is None again."""
        self.check_unchanging(method)
        self._running = step

    def fail(self, error: BaseException) -> None:
        """After an error in a flush: the database and the objects are rolled back at once."""
        if self._state is CLOSED:
            # A listener has ended it.
            return
        self._state = DEACTIVE
        for joined in self._joined.values():
            with suppress(Exception):
                joined.transaction.rollback()
        tell(self.session, "after_rollback")
        self._restore()
        self.failure = error

    def prepare(self) -> None:
        """Prepare a two-phase transaction; no session has one yet."""
        raise InvalidRequestError(
            "'twophase' mode not enabled, or not root transaction; can't prepare."
        )

    def commit(self) -> None:
        """Flush and commit; a savepoint is released."""
        self.check()
        self._begin_change("commit", "_prepare_impl")
        try:
            self._prepare()
            self._running = "commit"
            self._commit()
        finally:
            self._running = None

    def _prepare(self) -> None:
        """Have savepoints inside released, and write what is left to be written."""
        tell(self.session, "before_commit")
        if self.session._transaction is not self:
            for inner in self._inside():
                inner.commit()
        if self.session._is_dirty():
            flush_until_clean(self.session)

    def _commit(self) -> None:
        try:
            for joined in self._joined.values():
                joined.transaction.commit()
        except BaseException:
            self._roll_back()
            raise
        self._state = COMMITTED
        try:
            tell(self.session, "after_commit")
        finally:
            # The database has committed, whatever a listener raises.
            outer = None if self.parent is None else self.parent.ledger
            settle(self.session, self.ledger, outer)
            self._end()

    def rollback(self) -> None:
        """Roll back, and have objects be as they were."""
        if self._state is CLOSED or self._state is COMMITTED:
            refuse(self._state, None)
        self._begin_change("rollback", "rollback")
        try:
            self._roll_back()
        finally:
            self._running = None

    def _roll_back(self) -> None:
        self._end_inside()
        failed = self._state is DEACTIVE
        self._state = DEACTIVE
        try:
            if not failed:
                for joined in self._joined.values():
                    joined.transaction.rollback()
        finally:
            if not failed:
                tell(self.session, "after_rollback")
            elif self.session._is_dirty():
                warn(
                    "Session's state has been changed on a non-active transaction - this state "
                    "will be discarded."
                )
            self._restore()
            self._end()
            tell(self.session, "after_soft_rollback", self)

    def _restore(self) -> None:
        ledger, self.ledger = self.ledger, Ledger()
        take_back(self.session, ledger, nested=self.parent is not None)

    def close(self, invalidate: bool = False) -> None:
        """End it without a commit, and leave objects as they are."""
        if self._state is CLOSED:
            return
        self._begin_change("close", "close")
        try:
            self._end_inside()
            self._let_go(invalidate)
        finally:
            self._running = None

    def _let_go(self, invalidate: bool) -> None:
        try:
            for joined in self._joined.values():
                with suppress(Exception):
                    if invalidate and self.parent is None:
                        joined.connection.invalidate()
                    elif self._state is ACTIVE:
                        joined.transaction.close()
        finally:
            # An interruption, of a thread or a task, arrives when the connections are back.
            self._end()

    def _inside(self) -> Iterator[SessionTransaction]:
        """Go through the savepoints inside of this one, from the innermost, as they end."""
        while True:
            inner = self.session._transaction
            if inner is None:
                refuse(CLOSED, None)
            if inner is self:
                return
            yield inner

    def _end_inside(self) -> None:
        """End the savepoints inside of this one: what they did ends with this one."""
        if self.session._transaction is not self:
            for inner in self._inside():
                inner.ledger.pass_to(self.ledger)
                inner._end()

    def _end(self) -> None:
        self._state = CLOSED
        session = self.session
        session._transaction = self.parent
        closing = [joined.connection for joined in self._joined.values() if joined.closes]
        self._joined.clear()
        close_each(closing)
        tell(session, "after_transaction_end", self)

    # -- its block --------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._outer_block, self.session._block = self.session._block, self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session._block = self._outer_block
        if self._state is CLOSED:
            return
        if kind is not None or self._state is not ACTIVE:
            self.rollback()
            return
        try:
            self.commit()
        except BaseException:
            if self.is_open:
                self.rollback()
            raise
