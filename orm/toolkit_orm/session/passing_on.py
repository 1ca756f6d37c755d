"""What a scoped session has of a session: each method and attribute is the present one's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any


def pass_on(
    proxy: type[Any],
    session_class: type[Any],
    *,
    methods: Iterable[str],
    read: Iterable[str],
    written: Iterable[str],
    label: str,
    is_awaited: Callable[[Any], bool] = lambda function: False,
) -> None:
    """Give a class the methods of a session, and attributes that are read only, or written too.

    Each asks ``registry()`` of an instance for the session that is present.
    """
    for name in methods:
        original = getattr(session_class, name)
        make = _awaited_method if is_awaited(original) else _method
        passed_on = make(name, original)
        passed_on.__qualname__ = f"{label}.{name}"
        setattr(proxy, name, passed_on)
    for name in read:
        setattr(proxy, name, _attribute(name, is_set=False))
    for name in written:
        setattr(proxy, name, _attribute(name, is_set=True))


def _method(name: str, original: Any) -> Any:
    @wraps(original)
    def passed_on(self: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(self.registry(), name)(*args, **kwargs)

    return passed_on


def _awaited_method(name: str, original: Any) -> Any:
    @wraps(original)
    async def passed_on(self: Any, *args: Any, **kwargs: Any) -> Any:
        return await getattr(self.registry(), name)(*args, **kwargs)

    return passed_on


def _attribute(name: str, *, is_set: bool) -> property:
    def read(self: Any) -> Any:
        return getattr(self.registry(), name)

    def write(self: Any, value: Any) -> None:
        setattr(self.registry(), name, value)

    return property(read, write if is_set else None, doc=f"The present session's {name!r}.")
