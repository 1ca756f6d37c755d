"""An asynchronous connection: the face of a ``Connection``, for one task at a time."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, NoReturn, TypeVar, overload

from typing_extensions import ParamSpec

from toolkit_core.aio.bridge import await_only, greenlet_spawn, spawn_to_the_end
from toolkit_core.aio.connection_face import ConnectionFace
from toolkit_core.aio.errors import AsyncContextAlreadyStarted
from toolkit_core.aio.no_events import refuse_events
from toolkit_core.aio.one_task import refuse_second
from toolkit_core.aio.result import AsyncResult, AsyncScalarResult
from toolkit_core.aio.startable import Startable
from toolkit_core.aio.streamed import refuse_streamed
from toolkit_core.aio.transaction import AsyncTransaction, AsyncTwoPhaseTransaction
from toolkit_core.engine.connection import Connection
from toolkit_core.engine.result import Result
from toolkit_core.engine.result_filters import ScalarResult
from toolkit_core.errors import InvalidRequestError, ResourceClosedError
from toolkit_core.inspectable import inspected_by
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from toolkit_core.aio.engine import AsyncEngine
    from toolkit_core.engine.engine import Engine
    from toolkit_core.expression.select import Select
    from toolkit_core.pool import PoolProxiedConnection

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound="AsyncResult | AsyncScalarResult[Any]")

_ONE_TASK = "a connection serves one task at a time; engine.connect() opens another"


class AsyncConnection(ConnectionFace, Startable["AsyncConnection"]):
    """One conversation with the database, from checkout to ``close()``.

    ``async with engine.connect() as connection`` closes it in the end, ``await engine.connect()``
    leaves that to you.
    """

    __slots__ = ("__weakref__", "_closing", "_task", "engine", "sync_connection", "sync_engine")

    def __init__(
        self, async_engine: AsyncEngine, sync_connection: Connection | None = None
    ) -> None:
        self.engine = async_engine
        self.sync_engine: Engine = async_engine.sync_engine
        # None until it is started.
        self.sync_connection = sync_connection
        # Who is using it at this moment.
        self._task: asyncio.Task[Any] | None = None
        # Whether it is being closed, maybe behind the back of a task that was cancelled.
        self._closing = False

    async def start(self, is_ctxmanager: bool = False) -> AsyncConnection:
        """Check a connection out of the pool."""
        if self.sync_connection is not None:
            raise AsyncContextAlreadyStarted("connection is already started")
        self.sync_connection = await greenlet_spawn(self.sync_engine.connect)
        return self

    # -- executing ----------------------------------------------------------------------

    @overload
    def stream(
        self,
        statement: Select[Unpack[Ts]],
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
    ) -> Stream[AsyncResult[Unpack[Ts]]]: ...
    @overload
    def stream(
        self,
        statement: Any,
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
    ) -> Stream[AsyncResult[Unpack[tuple[Any, ...]]]]: ...
    def stream(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Stream[AsyncResult[Unpack[tuple[Any, ...]]]]:
        """Execute a statement whose rows are fetched while they are read.

        ``async with connection.stream(…) as result`` closes the result in the end,
        ``await connection.stream(…)`` leaves that to you.
        """
        return Stream(self, AsyncResult, _whole, statement, parameters, execution_options)

    @overload
    def stream_scalars(
        self,
        statement: Select[T, Unpack[tuple[Any, ...]]],
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
    ) -> Stream[AsyncScalarResult[T]]: ...
    @overload
    def stream_scalars(
        self,
        statement: Any,
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
    ) -> Stream[AsyncScalarResult[Any]]: ...
    def stream_scalars(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Stream[AsyncScalarResult[Any]]:
        """Execute a statement and give the first column of its rows, fetched while it is read."""
        return Stream(self, AsyncScalarResult, _scalars, statement, parameters, execution_options)

    async def run_sync(
        self, fn: Callable[Concatenate[Connection, P], T], *arg: P.args, **kw: P.kwargs
    ) -> T:
        """Call a plain function with the ``Connection`` behind this one, and return its result.

        What it does with that connection is awaited behind its back.
        """
        return await self._cross(fn, self._sync, *arg, **kw)

    # -- transactions -------------------------------------------------------------------

    def begin(self) -> AsyncTransaction:
        """Begin a transaction: await it, or use it as a block."""
        return AsyncTransaction(self)

    def begin_nested(self) -> AsyncTransaction:
        """Set a savepoint: await it, or use it as a block."""
        return AsyncTransaction(self, nested=True)

    def begin_twophase(self, xid: Any = None) -> AsyncTwoPhaseTransaction:
        """Begin a transaction that can be prepared before it is committed."""
        return AsyncTwoPhaseTransaction(self, xid)

    def get_transaction(self) -> AsyncTransaction | None:
        """Return the outermost transaction in progress, if there is one."""
        return self._face_of(self._sync.get_transaction(), nested=False)

    def get_nested_transaction(self) -> AsyncTransaction | None:
        """Return the innermost savepoint in progress, if there is one."""
        return self._face_of(self._sync.get_nested_transaction(), nested=True)

    def _face_of(self, sync: Any, *, nested: bool) -> AsyncTransaction | None:
        if sync is None:
            return None
        face = AsyncTransaction(self, nested)
        face.sync_transaction = sync
        return face

    async def on_commit(self, callback: Callable[[], Any]) -> None:
        """Call a function, which may be asynchronous, once the outermost transaction is committed.

        It is forgotten when the transaction, or the savepoint it was asked for in, is rolled
        back.
        """

        def call() -> None:
            made = callback()
            if inspect.isawaitable(made):
                await_only(made)

        await self._cross(self._sync.on_commit, call)

    # -- the connection itself ----------------------------------------------------------

    @property
    def connection(self) -> NoReturn:
        """Not to be had at once."""
        raise InvalidRequestError(
            "AsyncConnection.connection accessor is not implemented as the attribute may need to "
            "reconnect on an invalidated connection.  Use the get_raw_connection() method."
        )

    async def get_raw_connection(self) -> PoolProxiedConnection:
        """Return the pooled connection that this one works with."""
        sync = self._sync
        return await self._cross(lambda: sync.connection)

    async def close(self) -> None:
        """Give the connection back; what was not committed is rolled back.

        That is finished even if the task is cancelled meanwhile.  If another task is using the
        connection, it is thrown away.
        """
        sync = self._sync
        if self._closing:
            return
        self._closing = True
        if self._task is not None and self._task is not asyncio.current_task():
            # Whoever waited for that task might be cancelled, and nobody close it then.
            sync.invalidate()
        await spawn_to_the_end(sync.close)

    async def aclose(self) -> None:
        """Close; by this name ``contextlib.aclosing()`` calls it."""
        await self.close()

    async def cancel(self) -> None:
        """Stop the statement that this connection is running: await it in another task."""
        await greenlet_spawn(self._sync.cancel)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, AsyncConnection)
            and self.sync_connection is not None
            and self.sync_connection is other.sync_connection
        )

    def __hash__(self) -> int:
        return id(self)

    @staticmethod
    def event_dispatches() -> NoReturn:
        """Say where listeners go."""
        refuse_events()

    # -- inside -------------------------------------------------------------------------

    @property
    def _sync(self) -> Connection:
        return self.sync_connection or self._refuse_unstarted()

    async def _cross(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what blocks, on the bridge, and let no other task in meanwhile."""
        if self._closing and not self._sync.closed:
            raise ResourceClosedError("This Connection is being closed")
        task, before = asyncio.current_task(), self._task
        if before is not None and before is not task:
            refuse_second("AsyncConnection", before, task, _ONE_TASK)
        self._task = task
        try:
            return await greenlet_spawn(fn, *args, **kwargs)
        finally:
            self._task = before

    async def _buffered(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what returns a result, whose rows must be there already."""
        result = await self._cross(fn, *args, **kwargs)
        await refuse_streamed(result, "AsyncConnection.execute()")
        return result


class Stream(Startable[R], Generic[R]):
    """A statement whose rows are to be streamed: awaited or entered, it is executed."""

    __slots__ = ("_connection", "_face", "_result", "_view", "_what")

    def __init__(
        self,
        connection: AsyncConnection,
        face: Callable[[Any], R],
        view: Callable[[Result], Any],
        statement: Any,
        parameters: Any,
        options: Mapping[str, Any] | None,
    ) -> None:
        self._connection = connection
        self._face = face
        self._view = view
        self._what = statement, parameters, {"stream_results": True, **(options or {})}
        self._result: R | None = None

    async def start(self, is_ctxmanager: bool = False) -> R:
        """Execute."""
        self._result = self._face(await self._connection._cross(self._execute))
        return self._result

    def _execute(self) -> Result | ScalarResult[Any]:
        statement, parameters, options = self._what
        result = self._connection._sync.execute(statement, parameters, execution_options=options)
        return self._view(result)  # type: ignore[no-any-return]

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._result is not None:
            await self._result.close()


def _whole(result: Result) -> Result:
    return result


def _scalars(result: Result) -> ScalarResult[Any]:
    return result.scalars()


inspected_by(AsyncConnection, "toolkit_core.aio.no_inspector:refuse_connection")
