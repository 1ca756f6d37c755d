"""Attributes of objects as something to be awaited: what is not loaded is loaded then."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from toolkit_core.aio.bridge import greenlet_spawn
from toolkit_orm.aio.session import async_object_session


class AsyncAttrs:
    """A mixin for mapped classes: ``await user.awaitable_attrs.addresses`` loads them.

    Plain ``user.addresses`` cannot await: it is refused unless it is loaded.
    """

    @property
    def awaitable_attrs(self) -> AwaitableAttrs:
        """The attributes of the object, each to be awaited."""
        return AwaitableAttrs(self)


class AwaitableAttrs:
    """The attributes of one object, each to be awaited."""

    __slots__ = ("_instance",)

    def __init__(self, instance: Any) -> None:
        self._instance = instance

    def __getattr__(self, name: str) -> Awaitable[Any]:
        if name.startswith("__"):
            # What Python itself asks of any object, and would not await.
            raise AttributeError(name)
        return _awaited(self._instance, name)

    def __dir__(self) -> list[str]:
        return dir(self._instance)

    def __repr__(self) -> str:
        return f"<awaitable attributes of {self._instance!r}>"


async def _awaited(instance: Any, name: str) -> Any:
    values = instance.__dict__
    if name in values:
        return values[name]
    session = async_object_session(instance)
    if session is None:
        return await greenlet_spawn(getattr, instance, name)
    return await session._cross(getattr, instance, name)
