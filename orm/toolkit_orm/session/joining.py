"""How a connection takes part in a session's transaction, and what of it the session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from toolkit_core.errors import ArgumentError

if TYPE_CHECKING:
    from toolkit_core.engine import Connection

JoinTransactionMode = Literal[
    "conditional_savepoint", "rollback_only", "control_fully", "create_savepoint"
]
JOIN_MODES = get_args(JoinTransactionMode)


def checked_join_mode(mode: str) -> str:
    """Return how a session joins a transaction that is in progress, if there is such a way."""
    if mode not in JOIN_MODES:
        raise ArgumentError(
            f'invalid selection for join_transaction_mode: "{mode}"',
            hint=f"one of {', '.join(map(repr, JOIN_MODES))}",
        )
    return mode


class Joined:
    """A connection that takes part in a transaction of a session."""

    __slots__ = ("closes", "connection", "transaction")

    def __init__(self, connection: Connection, transaction: Any, *, closes: bool) -> None:
        self.connection = connection
        # What ends with the session's transaction.
        self.transaction = transaction
        # Whether the connection goes back when the transaction ends.
        self.closes = closes


def close_each(connections: list[Connection]) -> None:
    """Close all of them, though one raises."""
    while connections:
        try:
            connections.pop(0).close()
        except BaseException:
            close_each(connections)
            raise


def taken_over(connection: Connection, mode: str) -> Any:
    """Return what of a connection that is somebody's the session ends."""
    if not connection.in_transaction():
        return connection.begin()
    is_nested = connection.in_nested_transaction()
    if mode == "conditional_savepoint":
        mode = "create_savepoint" if is_nested else "rollback_only"
    if mode == "create_savepoint":
        return connection.begin_nested()
    there = connection.get_nested_transaction() if is_nested else connection.get_transaction()
    return there if mode == "control_fully" else _RollbackOnly(there)


class _RollbackOnly:
    """Somebody else's transaction: it can be rolled back, and who has begun it commits it."""

    __slots__ = ("_theirs",)

    def __init__(self, theirs: Any) -> None:
        self._theirs = theirs

    def commit(self) -> None:
        """Leave it to who has begun it."""

    def rollback(self) -> None:
        """Roll all of it back."""
        self._theirs.rollback()

    def close(self) -> None:
        """Leave it to who has begun it."""
