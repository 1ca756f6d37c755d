"""Where a session's transaction stands, and what it refuses there."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn

from toolkit_core.errors import (
    IllegalStateChangeError,
    InvalidRequestError,
    PendingRollbackError,
    ResourceClosedError,
)


class SessionTransactionOrigin(Enum):
    """How a transaction of a session has come to be."""

    AUTOBEGIN = 0
    """The session was used."""
    BEGIN = 1
    """``Session.begin()`` was called."""
    BEGIN_NESTED = 2
    """``Session.begin_nested()`` was called: it is a savepoint."""
    SUBTRANSACTION = 3
    """A flush, as listeners are told of it."""


class SessionTransactionState(Enum):
    """Where a transaction stands."""

    ACTIVE = 1
    PREPARED = 2
    COMMITTED = 3
    DEACTIVE = 4
    CLOSED = 5
    PROVISIONING_CONNECTION = 6


ACTIVE = SessionTransactionState.ACTIVE
COMMITTED = SessionTransactionState.COMMITTED
DEACTIVE = SessionTransactionState.DEACTIVE
CLOSED = SessionTransactionState.CLOSED
PROVISIONING = SessionTransactionState.PROVISIONING_CONNECTION


def refuse(state: SessionTransactionState, failure: BaseException | None) -> NoReturn:
    """Say why nothing can be executed in a transaction."""
    if state is COMMITTED:
        raise InvalidRequestError(
            "This session is in 'committed' state; no further SQL can be emitted within this "
            "transaction.",
            hint="the database has committed; what must be in the commit belongs into "
            "before_commit or before_flush",
        )
    if state is PROVISIONING:
        raise IllegalStateChangeError(
            "This session is provisioning a new connection; concurrent operations are not "
            "permitted",
            code="isce",
        )
    if state is CLOSED:
        raise ResourceClosedError("This transaction is closed")
    if failure is None:
        raise InvalidRequestError(
            "This session is in 'inactive' state, due to the SQL transaction being rolled back; "
            "no further SQL can be emitted within this transaction."
        )
    raise PendingRollbackError(
        "This Session's transaction has been rolled back due to a previous exception during "
        "flush. To begin a new transaction with this Session, first issue Session.rollback(). "
        f"Original exception was: {failure}",
        code="7s2a",
    )


def refuse_meanwhile(method: str, running: str, to: SessionTransactionState) -> NoReturn:
    """Refuse to change a transaction's state while another call is about to."""
    raise IllegalStateChangeError(
        f"Method '{method}()' can't be called here; method '{running}()' is already in progress "
        f"and this would cause an unexpected state change to {to!r}",
        code="isce",
        hint="a session is for one thread, and one task, at a time: give each its own",
    )


def refuse_in_block(failure: BaseException | None) -> NoReturn:
    """Refuse to go on in a block whose transaction has ended."""
    rolled_back = (
        ""
        if failure is None
        else f"The transaction was rolled back due to an exception: {failure}.  "
    )
    raise InvalidRequestError(
        f"Can't operate on closed transaction inside context manager.  {rolled_back}Please "
        "complete the context manager before emitting further commands."
    )
