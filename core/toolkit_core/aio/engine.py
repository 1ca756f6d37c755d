"""An asynchronous engine: the face of an ``Engine``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NoReturn, TypeVar

from toolkit_core.aio.bridge import await_only
from toolkit_core.aio.connection import AsyncConnection
from toolkit_core.aio.engine_face import EngineFace
from toolkit_core.aio.no_events import refuse_events
from toolkit_core.engine.connection import Connection
from toolkit_core.engine.engine import Engine
from toolkit_core.errors import InvalidRequestError
from toolkit_core.inspectable import inspected_by

T = TypeVar("T")


def not_async(driver: str) -> InvalidRequestError:
    """Say that a driver is not one for asyncio."""
    return InvalidRequestError(
        f"The asyncio extension requires an async driver to be used. The loaded {driver!r} is "
        "not async.",
        hint="name one in the URL, such as sqlite+aiosqlite://; or use create_engine()",
    )


class AsyncEngine(EngineFace):
    """Where asynchronous connections come from; ``create_async_engine()`` makes one.

    Listeners are for ``sync_engine``.
    """

    __slots__ = ("__weakref__", "sync_engine")

    def __init__(self, sync_engine: Engine) -> None:
        if not sync_engine.dialect.is_async:
            raise not_async(sync_engine.dialect.driver)
        self.sync_engine = sync_engine

    # -- connections --------------------------------------------------------------------

    def connect(self) -> AsyncConnection:
        """Return a connection: use it as an ``async with`` block, or await and close it."""
        return AsyncConnection(self)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection with a transaction that the end of the block commits."""
        async with self.connect() as connection, connection.begin():
            yield connection

    async def run(
        self,
        work: Callable[[AsyncConnection], Awaitable[T]],
        *,
        retries: int = 3,
        isolation_level: str | None = None,
        longest_wait: float = 5.0,
    ) -> T:
        """Do work in a transaction, anew when the database says that it may succeed then.

        As ``Engine.run()``, with an asynchronous function.
        """

        def sync_work(connection: Connection) -> T:
            return await_only(work(AsyncConnection(self, connection)))

        return await self._cross(
            self.sync_engine.run,
            sync_work,
            retries=retries,
            isolation_level=isolation_level,
            longest_wait=longest_wait,
        )

    # -- options ------------------------------------------------------------------------

    def execution_options(self, **opt: Any) -> AsyncEngine:
        """Return a sibling of this engine, on the same pool, with further options."""
        return AsyncEngine(self.sync_engine.execution_options(**opt))

    # -- what it is ---------------------------------------------------------------------

    @property
    def echo(self) -> bool | str | None:
        """Whether statements are written to the log; ``"debug"`` writes rows too."""
        return self.sync_engine.echo

    @echo.setter
    def echo(self, value: bool | str | None) -> None:
        self.sync_engine.echo = value

    @property
    def _sync(self) -> Engine:
        return self.sync_engine

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsyncEngine) and self.sync_engine is other.sync_engine

    def __hash__(self) -> int:
        return hash(self.sync_engine)

    def __repr__(self) -> str:
        return f"AsyncEngine({self.url!r})"

    @staticmethod
    def event_dispatches() -> NoReturn:
        """Say where listeners go."""
        refuse_events()


inspected_by(AsyncEngine, "toolkit_core.aio.no_inspector:refuse_engine")
