"""The asynchronous session of the present scope, under one name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_orm.aio.session import AsyncSession
from toolkit_orm.aio.sessionmaker import async_sessionmaker
from toolkit_orm.session.passing_on import pass_on
from toolkit_orm.session.scope import ScopedRegistry

S = TypeVar("S", bound=AsyncSession)

_METHODS = (
    "aclose add add_all begin begin_nested bind_mapper bind_table close commit connection delete "
    "delete_all execute expire expire_all expunge expunge_all flush get get_async_bind get_bind "
    "get_nested_transaction get_one get_transaction in_nested_transaction in_transaction "
    "invalidate is_modified merge merge_all refresh reset rollback run_sync scalar scalars stream "
    "stream_scalars"
)
_READ = "binds deleted dirty identity_map info is_active new no_autoflush sync_session"
_WRITTEN = "autoflush bind execution_options"

if TYPE_CHECKING:
    # What a checker is told: it has all that a session has.
    class _Proxied(AsyncSession): ...
else:

    class _Proxied:
        """The methods and attributes of a session, each passed on to the present one."""

        close_all = AsyncSession.close_all
        object_session = staticmethod(AsyncSession.object_session)
        identity_key = staticmethod(AsyncSession.identity_key)

    pass_on(
        _Proxied,
        AsyncSession,
        methods=_METHODS.split(),
        read=_READ.split(),
        written=_WRITTEN.split(),
        label="async_scoped_session",
        is_awaited=inspect.iscoroutinefunction,
    )


class async_scoped_session(_Proxied, Generic[S]):  # noqa: N801 - the documented name
    """The session of what ``scopefunc`` says is present: mostly ``asyncio.current_task``.

    It has all methods of a session, which work on the present one.  ``await remove()`` when the
    scope ends: until then the session is kept.
    """

    registry: ScopedRegistry[S]

    def __init__(
        self, session_factory: async_sessionmaker[S], scopefunc: Callable[[], Any]
    ) -> None:
        self.session_factory = session_factory
        self.registry = ScopedRegistry(session_factory, scopefunc)

    def __call__(self, **kw: Any) -> S:
        """Return the present session, made now if there is none."""
        if not kw:
            return self.registry()
        if self.registry.has():
            raise InvalidRequestError(
                "Scoped session is already present; no new arguments may be specified.",
                hint="await remove() ends the one that is there",
            )
        made = self.session_factory(**kw)
        self.registry.set(made)
        return made

    async def remove(self) -> None:
        """Close the present session and forget it."""
        found = self.registry.present()
        try:
            if found is not None:
                await found.close()
        finally:
            self.registry.clear()

    def configure(self, **kwargs: Any) -> None:
        """Change the options of sessions made from now on."""
        if self.registry.has():
            warn(
                "At least one scoped session is already present.  configure() can not affect "
                "sessions that have already been created."
            )
        self.session_factory.configure(**kwargs)

    def __contains__(self, instance: object) -> bool:
        return instance in self.registry()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.registry())
