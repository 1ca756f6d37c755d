"""A maker of asynchronous sessions that all have the same options."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Generic, TypeVar, cast, overload

from toolkit_core.errors import ArgumentError
from toolkit_orm.aio.binding import AsyncBind
from toolkit_orm.aio.session import AsyncSession

S = TypeVar("S", bound=AsyncSession)


class async_sessionmaker(Generic[S]):  # noqa: N801 - the documented name
    """Makes asynchronous sessions that all have the same options.

    >>> import asyncio
    >>> from toolkit_core.aio.create import create_async_engine
    >>> async def main():
    ...     make = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))
    ...     async with make.begin() as session:
    ...         return await session.scalar("select 1 + 1")
    >>> asyncio.run(main())
    2
    """

    class_: type[S]

    @overload
    def __init__(
        self,
        bind: AsyncBind | None = ...,
        *,
        class_: type[S],
        autoflush: bool = ...,
        expire_on_commit: bool = ...,
        info: Mapping[Any, Any] | None = ...,
        **kw: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: async_sessionmaker[AsyncSession],
        bind: AsyncBind | None = ...,
        *,
        autoflush: bool = ...,
        expire_on_commit: bool = ...,
        info: Mapping[Any, Any] | None = ...,
        **kw: Any,
    ) -> None: ...
    def __init__(
        self,
        bind: AsyncBind | None = None,
        *,
        class_: Any = AsyncSession,
        autoflush: bool = True,
        expire_on_commit: bool = True,
        info: Mapping[Any, Any] | None = None,
        **kw: Any,
    ) -> None:
        if not (isinstance(class_, type) and issubclass(class_, AsyncSession)):
            raise ArgumentError(
                f"class_ is AsyncSession or a subclass of it, not {class_!r}",
                hint="sync_session_class= is for the class of the sessions behind",
            )
        kw.update(bind=bind, autoflush=autoflush, expire_on_commit=expire_on_commit)
        if info is not None:
            kw["info"] = info
        self.kw = kw
        self.class_ = cast("type[S]", class_)

    def __call__(self, **local_kw: Any) -> S:
        """Make a session; what is given here takes the place of what the maker was given."""
        options = {**self.kw, **local_kw}
        if "info" in self.kw and "info" in local_kw:
            options["info"] = {**self.kw["info"], **local_kw["info"]}
        return self.class_(**options)

    def begin(self) -> AbstractAsyncContextManager[S]:
        """Make a session for one transaction: committed at the end of the block, then closed."""
        return self._begun()

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[S]:
        session = self()
        async with session, session.begin():
            yield session

    def configure(self, **new_kw: Any) -> None:
        """Change the options of sessions made from now on."""
        self.kw.update(new_kw)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.kw.items())
        return f"{type(self).__name__}(class_={self.class_.__name__!r}, {options})"
