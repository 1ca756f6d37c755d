"""What is awaited, or entered as a block, to get going."""

from __future__ import annotations

from collections.abc import Generator
from types import TracebackType
from typing import Any, Generic, NoReturn, TypeVar

from toolkit_core.aio.errors import AsyncContextNotStarted

T = TypeVar("T")


class Startable(Generic[T]):
    """``await it`` starts it; ``async with it`` starts it, and ends it with the block."""

    __slots__ = ()

    async def start(self, is_ctxmanager: bool = False) -> T:
        """Start."""
        raise NotImplementedError

    def __await__(self) -> Generator[Any, Any, T]:
        return self.start().__await__()

    async def __aenter__(self) -> T:
        return await self.start(is_ctxmanager=True)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    def _refuse_unstarted(self) -> NoReturn:
        raise AsyncContextNotStarted(
            f"{type(self).__name__} context has not been started and object has not been awaited.",
            hint="await it, or use it as 'async with ... as ...'",
        )
