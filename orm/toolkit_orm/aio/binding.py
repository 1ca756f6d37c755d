"""What an asynchronous session is bound to, and the blocking engine or connection behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from toolkit_core.aio.connection import AsyncConnection
from toolkit_core.aio.engine import AsyncEngine
from toolkit_core.aio.errors import AsyncBindNotFound
from toolkit_core.engine import Connection, Engine
from toolkit_core.errors import ArgumentError

AsyncBind: TypeAlias = AsyncEngine | AsyncConnection
Bind: TypeAlias = Engine | Connection


def behind(bind: Any) -> Any:
    """Return the engine or connection behind an asynchronous one."""
    if isinstance(bind, (AsyncEngine, AsyncConnection)):
        return bind._sync
    given = "a string" if isinstance(bind, str) else repr(bind)
    raise ArgumentError(
        f"AsyncEngine expected, got {given}",
        hint="AsyncSession(create_async_engine('sqlite+aiosqlite://')); Session() is for engines "
        "that block",
    )


def arguments_behind(bind_arguments: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return the arguments of ``get_bind()`` with what is behind the bind among them."""
    if not bind_arguments or not isinstance(bind_arguments.get("bind"), AsyncBind):
        return bind_arguments
    return {**bind_arguments, "bind": behind(bind_arguments["bind"])}


def face_of_bind(sync: Bind, known: Iterable[AsyncBind | None]) -> AsyncBind:
    """Return the asynchronous engine or connection that was given for a blocking one."""
    for face in known:
        if face is not None and face._sync is sync:
            return face
    raise AsyncBindNotFound(
        f"Can't translate bind {sync}; it is not among the binds established for this "
        "AsyncSession.  Binds should be established on the AsyncSession rather than directly on "
        "its sync_session, so that the asyncio object each one was derived from is known.",
        hint="AsyncEngine(engine) is one for an engine whose driver is for asyncio",
    )


def face_of_connection(sync: Connection, known: Iterable[AsyncBind | None]) -> AsyncConnection:
    """Return the asynchronous connection before a blocking one, made now if none was given."""
    engine = AsyncEngine(sync.engine)
    for face in known:
        if isinstance(face, AsyncConnection) and face.sync_connection is sync:
            return face
        if isinstance(face, AsyncEngine) and face.sync_engine is sync.engine:
            engine = face
    return AsyncConnection(engine, sync)
