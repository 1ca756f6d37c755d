"""What all asynchronous faces have in common: a blocking object, and the way to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from toolkit_core.aio.bridge import greenlet_spawn

S = TypeVar("S")
T = TypeVar("T")


class Crossing(Generic[S]):
    """The face of an object that blocks: two faces of the same object are equal."""

    __slots__ = ()

    @property
    def _sync(self) -> S:
        raise NotImplementedError

    async def _cross(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what blocks, on the bridge."""
        return await greenlet_spawn(fn, *args, **kwargs)

    async def _buffered(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call what returns a result, whose rows must be there already."""
        return await self._cross(fn, *args, **kwargs)
