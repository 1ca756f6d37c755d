"""Transactions and savepoints of asynchronous connections."""

from __future__ import annotations

from collections.abc import Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from toolkit_core.aio.errors import AsyncContextAlreadyStarted
from toolkit_core.aio.startable import Startable
from toolkit_core.engine.transaction import Transaction, TwoPhaseTransaction
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from toolkit_core.aio.connection import AsyncConnection


class AsyncTransaction(Startable["AsyncTransaction"]):
    """A transaction on an asynchronous connection, or a savepoint in it.

    Await it, or use it as a block: leaving the block commits, by an exception rolls back.
    """

    __slots__ = ("__weakref__", "connection", "nested", "sync_transaction")

    def __init__(self, connection: AsyncConnection, nested: bool = False) -> None:
        self.connection = connection
        self.nested = nested
        self.sync_transaction: Transaction | None = None

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Any, Any, Self]: ...

        async def __aenter__(self) -> Self: ...

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Begin."""
        if self.sync_transaction is not None:
            raise AsyncContextAlreadyStarted("transaction is already started")
        begun = await self.connection._cross(self._begin)
        self.sync_transaction = begun
        if is_ctxmanager:
            begun.__enter__()
        return self

    def _begin(self) -> Transaction:
        sync = self.connection._sync
        return sync.begin_nested() if self.nested else sync.begin()

    @property
    def is_active(self) -> bool:
        """Whether the transaction goes on."""
        return self._sync.is_active

    @property
    def is_valid(self) -> bool:
        """Whether the transaction goes on, and the connection behind it is still there."""
        return self._sync.is_valid

    async def commit(self) -> None:
        """Make the changes permanent."""
        await self.connection._cross(self._sync.commit)

    async def rollback(self) -> None:
        """Undo the changes; once ended, this does nothing but warn."""
        await self.connection._cross(self._sync.rollback)

    async def close(self) -> None:
        """Roll back if the transaction has not ended yet."""
        await self.connection._cross(self._sync.close)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.connection._cross(self._sync.__exit__, kind, error, trace)

    @property
    def _sync(self) -> Transaction:
        return self.sync_transaction or self._refuse_unstarted()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsyncTransaction) and (
            self is other
            or (
                self.sync_transaction is not None
                and self.sync_transaction is other.sync_transaction
            )
        )

    def __hash__(self) -> int:
        return hash(self.sync_transaction)


class AsyncTwoPhaseTransaction(AsyncTransaction):
    """A transaction that is prepared first and committed, maybe by somebody else, later."""

    __slots__ = ("_xid",)

    def __init__(self, connection: AsyncConnection, xid: Any) -> None:
        super().__init__(connection)
        self._xid = xid

    def _begin(self) -> Transaction:
        return self.connection._sync.begin_twophase(self._xid)

    @property
    def xid(self) -> Any:
        """The identifier."""
        return self._two_phase.xid

    async def prepare(self) -> None:
        """Promise that the commit will succeed; commit or roll back after this."""
        await self.connection._cross(self._two_phase.prepare)

    @property
    def _two_phase(self) -> TwoPhaseTransaction:
        sync = self._sync
        assert isinstance(sync, TwoPhaseTransaction)  # noqa: S101 - for the type checker
        return sync
