"""The asynchronous session: the face of a ``Session``, for one task at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, NoReturn, TypeVar
from weakref import ref

from typing_extensions import ParamSpec

from toolkit_core.aio.bridge import greenlet_spawn, spawn_to_the_end
from toolkit_core.aio.connection import AsyncConnection
from toolkit_core.aio.no_events import refuse_events
from toolkit_core.aio.one_task import refuse_second
from toolkit_core.aio.streamed import refuse_streamed
from toolkit_core.errors import InvalidRequestError
from toolkit_orm.aio.binding import (
    AsyncBind,
    arguments_behind,
    behind,
    face_of_bind,
    face_of_connection,
)
from toolkit_orm.aio.guard import Guard
from toolkit_orm.aio.reading_ahead import read_ahead
from toolkit_orm.aio.stream_face import StreamFace
from toolkit_orm.aio.transaction import AsyncSessionTransaction, face_of_transaction
from toolkit_orm.session.living import close_all_sessions as close_all
from toolkit_orm.session.session import Session

if TYPE_CHECKING:
    from toolkit_core.engine import Connection, Engine
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.statement_methods import Options

P = ParamSpec("P")
T = TypeVar("T")

_GUARD = Guard()
_ONE_TASK = "a session serves one task at a time: give each its own, by async_sessionmaker()"


class AsyncSession(StreamFace):
    """Objects, and one conversation with the database about them, which is awaited.

    It takes what ``Session`` takes.  ``sync_session`` is the session behind it: it has the
    objects, and listeners are for it.
    """

    sync_session_class: type[Session] = Session
    # A plain session asks it, before it would block.
    sync_session: Session

    def __init__(
        self,
        bind: AsyncBind | None = None,
        *,
        binds: Mapping[Any, AsyncBind] | None = None,
        sync_session_class: Callable[..., Session] | None = None,
        **kw: Any,
    ) -> None:
        self.bind = bind
        self.binds: dict[Any, AsyncBind] = dict(binds or {})
        if bind is not None:
            kw["bind"] = behind(bind)
        if binds:
            kw["binds"] = {what: behind(one) for what, one in binds.items()}
        make = sync_session_class or self.sync_session_class
        self.sync_session = made = make(**kw)
        made._guard = _GUARD
        made._async_face = ref(self)
        # What is bound to a connection is in the way of who uses that connection.
        self._spawn: Any = bind._cross if isinstance(bind, AsyncConnection) else greenlet_spawn
        # Who is using it at this moment.
        self._task: asyncio.Task[Any] | None = None
        # Whether it is being closed, maybe behind the back of a task that was cancelled.
        self._closing = False
        # What is to be done when the task that is using it has ended what it does.
        self._afterwards: list[Callable[[], Any]] = []
        self._connection: ref[AsyncConnection] | None = None

    # -- executing --------------------------------------------------------------------------

    async def run_sync(
        self, fn: Callable[Concatenate[Session, P], T], *arg: P.args, **kw: P.kwargs
    ) -> T:
        """Call a plain function with the ``Session`` behind this one, and return its result.

        What it does with that session is awaited behind its back, lazy loading too.
        """
        return await self._cross(fn, self.sync_session, *arg, **kw)

    async def connection(
        self,
        bind_arguments: Options | None = None,
        execution_options: Options | None = None,
    ) -> AsyncConnection:
        """Return the connection that the present transaction works with."""
        found = await self._cross(
            self.sync_session.connection,
            bind_arguments=arguments_behind(bind_arguments),
            execution_options=execution_options,
        )
        return self._face_of_connection(found)

    def _face_of_connection(self, sync: Connection) -> AsyncConnection:
        last = None if self._connection is None else self._connection()
        face = face_of_connection(sync, (last, self.bind, *self.binds.values()))
        self._connection = ref(face)
        return face

    # -- where statements go ----------------------------------------------------------------

    def get_bind(
        self, mapper: Any = None, clause: Any = None, bind: Any = None, **kw: Any
    ) -> Engine | Connection:
        """Return the blocking engine or connection that statements about a class go to."""
        return self.sync_session.get_bind(mapper, clause=clause, bind=bind, **kw)

    def get_async_bind(
        self, mapper: Any = None, clause: Any = None, bind: AsyncBind | None = None, **kw: Any
    ) -> AsyncBind:
        """Return the asynchronous engine or connection that statements about a class go to."""
        if bind is not None:
            return bind
        found = self.sync_session.get_bind(mapper, clause=clause, **kw)
        return face_of_bind(found, (self.bind, *self.binds.values()))

    def bind_mapper(self, mapper: Any, bind: AsyncBind) -> None:
        """Have statements about a class go to an engine or connection."""
        self.sync_session.bind_mapper(mapper, behind(bind))
        self.binds[mapper] = bind

    def bind_table(self, table: Any, bind: AsyncBind) -> None:
        """Have statements about a table go to an engine or connection."""
        self.sync_session.bind_table(table, behind(bind))
        self.binds[table] = bind

    # -- transactions -----------------------------------------------------------------------

    def begin(self) -> AsyncSessionTransaction:
        """Begin a transaction: await it, or use it as a block."""
        return AsyncSessionTransaction(self)

    def begin_nested(self) -> AsyncSessionTransaction:
        """Set a savepoint: await it, or use it as a block; what is changed before is flushed."""
        return AsyncSessionTransaction(self, nested=True)

    def get_transaction(self) -> AsyncSessionTransaction | None:
        """Return the outermost transaction in progress."""
        return face_of_transaction(self, self.sync_session.get_transaction())

    def get_nested_transaction(self) -> AsyncSessionTransaction | None:
        """Return the innermost savepoint in progress."""
        return face_of_transaction(self, self.sync_session.get_nested_transaction())

    # -- its end ----------------------------------------------------------------------------

    async def close(self) -> None:
        """Roll back what was not committed, and let all objects go.

        That is finished even if the task is cancelled meanwhile.  If another task is using the
        session, its connections are thrown away, and that task ends what is left.
        """
        await self._end(self.sync_session.close)

    async def aclose(self) -> None:
        """Close; by this name ``contextlib.aclosing()`` calls it."""
        await self.close()

    async def reset(self) -> None:
        """Do what ``close()`` does; the session can always be used again."""
        await self._end(self.sync_session.reset)

    async def invalidate(self) -> None:
        """Close the session and throw its connections away."""
        await self._end(self.sync_session.invalidate)

    @classmethod
    async def close_all(cls) -> None:
        """Close all sessions that there are: ``close_all_sessions()`` of today."""
        await close_all_sessions()

    async def _end(self, fn: Callable[[], None]) -> None:
        if self._closing:
            return
        if self._is_used_by_another():
            self._leave_to_its_task(fn)
            return
        self._closing = True
        await spawn_to_the_end(self._ended, fn)

    def _ended(self, fn: Callable[[], None]) -> None:
        try:
            fn()
        finally:
            self._closing = False

    def _is_used_by_another(self) -> bool:
        return self._task is not None and self._task is not asyncio.current_task()

    def _leave_to_its_task(self, fn: Callable[[], None]) -> None:
        """Cut off the connections that another task is using, and have it do the rest."""
        transaction = self.sync_session.get_transaction()
        for connection in () if transaction is None else transaction.connections:
            connection.invalidate()
        self._afterwards.append(fn)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    if not TYPE_CHECKING:

        def __enter__(self) -> NoReturn:
            raise TypeError(
                "an AsyncSession is used as 'async with', not 'with'; Session is the one that "
                "blocks"
            )

        def __exit__(self, *error: object) -> None:
            """Be here, so that ``__enter__`` is asked, which says what is wrong."""

        def __getattr__(self, name: str) -> NoReturn:
            missing = f"{type(self).__name__!r} object has no attribute {name!r}"
            if not name.startswith("_") and hasattr(Session, name):
                missing += (
                    f"; the Session behind it has: await session.run_sync(lambda plain: "
                    f"plain.{name}(...))"
                )
            raise AttributeError(missing, name=name, obj=self)

    # -- what it is -------------------------------------------------------------------------

    object_session = staticmethod(Session.object_session)
    identity_key = staticmethod(Session.identity_key)

    @property
    def autoflush(self) -> bool:
        """Whether queries write what has changed before."""
        return self.sync_session.autoflush

    @autoflush.setter
    def autoflush(self, value: bool) -> None:
        self.sync_session.autoflush = value

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary for the program's own use."""
        return self.sync_session.info

    @property
    def execution_options(self) -> Options:
        """What is said of all statements."""
        return self.sync_session.execution_options

    @execution_options.setter
    def execution_options(self, value: Options) -> None:
        self.sync_session.execution_options = value

    @staticmethod
    def event_dispatches() -> NoReturn:
        """Say where listeners go."""
        refuse_events("the AsyncSession.sync_session")

    # -- inside -----------------------------------------------------------------------------

    @property
    def _sync(self) -> Session:
        return self.sync_session

    async def _cross(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what blocks, on the bridge, and let no other task in meanwhile."""
        if self._closing:
            raise InvalidRequestError("This AsyncSession is being closed")
        task, before = asyncio.current_task(), self._task
        if before is not None and before is not task:
            refuse_second("AsyncSession", before, task, _ONE_TASK)
        self._task = task
        try:
            return await self._spawn(fn, *args, **kwargs)  # type: ignore[no-any-return]
        finally:
            self._task = before
            if self._afterwards and before is None:
                await self._do_what_was_left()

    async def _do_what_was_left(self) -> None:
        """End what another task wanted to end while this one was using the session."""
        todo, self._afterwards = self._afterwards, []

        def in_turn() -> None:
            with ExitStack() as stack:
                for fn in reversed(todo):
                    stack.callback(fn)

        await self._end(in_turn)

    async def _buffered(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what returns a result, whose rows must be there already, as objects."""
        result: T = await self._cross(read_ahead, fn, *args, **kwargs)
        await refuse_streamed(result, f"AsyncSession.{fn.__name__}()")
        return result

    async def _streamed(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        kwargs["execution_options"] = {"stream_results": True, **kwargs["execution_options"]}
        return await self._cross(fn, *args, **kwargs)


async def close_all_sessions() -> None:
    """Close all sessions that there are."""
    await greenlet_spawn(close_all)


def async_object_session(instance: object) -> AsyncSession | None:
    """Return the asynchronous session that an object is in, or None."""
    session = Session.object_session(instance)
    return None if session is None else async_session(session)


def async_session(session: Session) -> AsyncSession | None:
    """Return the asynchronous session before a session, or None."""
    face = session._async_face
    return None if face is None else face()
