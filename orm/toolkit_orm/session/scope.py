"""Where the present session of a scope is kept: the thread's, or of what a function says."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import local
from typing import Any, Generic, TypeVar

S = TypeVar("S")


class ThreadLocalRegistry(Generic[S]):
    """One session for each thread."""

    def __init__(self, createfunc: Callable[..., S]) -> None:
        self.createfunc = createfunc
        self.registry = local()

    def __call__(self) -> S:
        """Return the present one, made now if there is none."""
        found = self.present()
        if found is None:
            found = self.createfunc()
            self.set(found)
        return found

    def present(self) -> S | None:
        """Return the present one, or None."""
        found: S | None = getattr(self.registry, "value", None)
        return found

    def has(self) -> bool:
        """Tell whether there is a present one."""
        return self.present() is not None

    def set(self, obj: S) -> None:
        """Make one the present one."""
        self.registry.value = obj

    def clear(self) -> None:
        """Forget the present one."""
        self.registry.__dict__.pop("value", None)


class ScopedRegistry(Generic[S]):
    """One session for each scope that a function tells."""

    def __init__(self, createfunc: Callable[..., S], scopefunc: Callable[[], Hashable]) -> None:
        self.createfunc = createfunc
        self.scopefunc = scopefunc
        self.registry: dict[Any, S] = {}

    def __call__(self) -> S:
        """Return the present one, made now if there is none."""
        scope = self.scopefunc()
        found = self.registry.get(scope)
        if found is None:
            found = self.registry.setdefault(scope, self.createfunc())
        return found

    def present(self) -> S | None:
        """Return the present one, or None."""
        return self.registry.get(self.scopefunc())

    def has(self) -> bool:
        """Tell whether there is a present one."""
        return self.scopefunc() in self.registry

    def set(self, obj: S) -> None:
        """Make one the present one."""
        self.registry[self.scopefunc()] = obj

    def clear(self) -> None:
        """Forget the present one."""
        self.registry.pop(self.scopefunc(), None)
