"""Reading a result row by row, where each may have to be awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from types import TracebackType
from typing import Any, Generic, TypeVar

from toolkit_core.aio.bridge import greenlet_spawn
from toolkit_core.aio.errors import AsyncMethodRequired
from toolkit_core.engine.fetching import NOTHING, Fetching
from toolkit_core.newer_typing import Self

T = TypeVar("T")
V = TypeVar("V")


class Streamed(Generic[T]):
    """The face of a result, or of a view of one."""

    __slots__ = ("__weakref__", "_sync")

    _sync: Fetching[T]

    def __init__(self, real_result: Any) -> None:
        self._sync = real_result

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        sync = self._sync
        if sync._unique is None and getattr(sync._feed._source, "has_ahead", False):
            row = sync._next()
        else:
            row = await greenlet_spawn(sync._next)
        if row is NOTHING:
            raise StopAsyncIteration
        return row  # type: ignore[no-any-return]

    async def partitions(self, size: int | None = None) -> AsyncIterator[Sequence[T]]:
        """Yield lists of ``size`` values, the last one maybe shorter.

        Without a size the one given to :meth:`yield_per` counts.
        """
        while rows := await self._cross(self._sync.fetchmany, size):
            yield rows

    def yield_per(self, num: int) -> Self:
        """Fetch so many rows at a time from the database, and hold no more of them.

        It changes the result itself, and returns it.
        """
        real: Any = self._sync
        real.yield_per(num)
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await greenlet_spawn(self._sync.close)

    async def _cross(self, fn: Callable[..., V], *args: Any, **kwargs: Any) -> V:
        return await greenlet_spawn(fn, *args, **kwargs)


async def refuse_streamed(result: Any, method: str) -> None:
    """Refuse a result whose rows are still on the server, where they cannot be awaited."""
    feed = getattr(result, "_feed", None)
    if getattr(getattr(feed, "_raw", None), "is_streamed", False):
        await greenlet_spawn(result.close)
        raise AsyncMethodRequired(
            f"Can't use the {method} method with a server-side cursor. Use the "
            f"{method.partition('.')[0]}.stream() method for an async streaming result set."
        )
