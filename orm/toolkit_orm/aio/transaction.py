"""Transactions and savepoints of asynchronous sessions."""

from __future__ import annotations

from collections.abc import Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any
from weakref import ref

from toolkit_core.aio.errors import AsyncContextAlreadyStarted
from toolkit_core.aio.startable import Startable
from toolkit_core.newer_typing import Self
from toolkit_orm.aio.binding import AsyncBind, behind
from toolkit_orm.session.transaction import SessionTransaction

if TYPE_CHECKING:
    from toolkit_core.aio.connection import AsyncConnection
    from toolkit_orm.aio.session import AsyncSession


class AsyncSessionTransaction(Startable["AsyncSessionTransaction"]):
    """A transaction of an asynchronous session, or a savepoint in it.

    Await it, or use it as a block: leaving the block commits, by an exception rolls back.
    """

    __slots__ = ("__weakref__", "nested", "session", "sync_transaction")

    def __init__(self, session: AsyncSession, nested: bool = False) -> None:
        self.session = session
        self.nested = nested
        # None until it is started.
        self.sync_transaction: SessionTransaction | None = None

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Any, Any, Self]: ...

        async def __aenter__(self) -> Self: ...

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Begin."""
        if self.sync_transaction is not None:
            raise AsyncContextAlreadyStarted("transaction is already started")
        sync = self.session.sync_session
        begun = await self.session._cross(sync.begin_nested if self.nested else sync.begin)
        self._belong(begun)
        if is_ctxmanager:
            begun.__enter__()
        return self

    def _belong(self, sync: SessionTransaction) -> None:
        self.sync_transaction = sync
        sync._async_face = ref(self)

    @property
    def is_active(self) -> bool:
        """Whether statements can be executed in it."""
        return self._sync.is_active

    @property
    def connections(self) -> frozenset[AsyncConnection]:
        """The connections that take part."""
        return frozenset(map(self.session._face_of_connection, self._sync.connections))

    def bound_connection(
        self, bindkey: Any = None, *, bind: AsyncBind | None = None, **kw: Any
    ) -> AsyncConnection:
        """Return the connection that takes part for a class, or for the session's bind.

        One that does not take part yet is refused: ``AsyncSession.connection()`` has it join.
        """
        sync = None if bind is None else behind(bind)
        found = self._sync.bound_connection(bindkey, bind=sync, **kw)
        return self.session._face_of_connection(found)

    async def commit(self) -> None:
        """Flush and commit; a savepoint is released."""
        await self.session._cross(self._sync.commit)

    async def rollback(self) -> None:
        """Roll back, and have objects be as they were."""
        await self.session._cross(self._sync.rollback)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        session, sync = self.session, self._sync
        if kind is not None and session._is_used_by_another():
            # The error goes on; whoever is using the session rolls back when that has failed.
            session._leave_to_its_task(lambda: sync.__exit__(kind, error, trace))
            return
        await session._cross(sync.__exit__, kind, error, trace)

    @property
    def _sync(self) -> SessionTransaction:
        return self.sync_transaction or self._refuse_unstarted()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsyncSessionTransaction) and (
            self is other
            or (
                self.sync_transaction is not None
                and self.sync_transaction is other.sync_transaction
            )
        )

    def __hash__(self) -> int:
        return hash(self.sync_transaction)


def face_of_transaction(
    session: AsyncSession, sync: SessionTransaction | None
) -> AsyncSessionTransaction | None:
    """Return the face of a transaction: the one that it was begun by, if that is there still."""
    if sync is None:
        return None
    face: AsyncSessionTransaction | None = None if sync._async_face is None else sync._async_face()
    if face is None:
        face = AsyncSessionTransaction(session, sync.nested)
        face._belong(sync)
    return face
