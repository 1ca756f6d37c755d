"""A table of functions by class of types, each table on top of its parent's."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class ByClass(Generic[F]):
    """Functions by class; ``@table(Class)`` adds one.

    A class that has none takes its parents', a table that has none its base's; what was found
    is remembered, and forgotten when a function is added to the table or to a base.

    >>> parent = ByClass()
    >>> heir = ByClass(parent)
    >>> @parent(int)
    ... def number(value):
    ...     return "a number"
    >>> heir.find(bool)(True), heir.find(str)
    ('a number', None)
    """

    def __init__(self, base: ByClass[F] | None = None) -> None:
        self.base = base
        self.own: dict[type[Any], F] = {}
        self._found: dict[type[Any], F | None] = {}
        self._heirs: weakref.WeakSet[ByClass[F]] = weakref.WeakSet()
        if base is not None:
            base._heirs.add(self)

    def __call__(self, *classes: type[Any]) -> Callable[[F], F]:
        """Register a function for these classes."""

        def register(function: F) -> F:
            for cls in classes:
                self.own[cls] = function
            self._forget()
            return function

        return register

    def find(self, cls: type[Any]) -> F | None:
        """Return the function for a class; None if there is none."""
        if cls not in self._found:
            self._found[cls] = self._look(cls)
        return self._found[cls]

    def _look(self, cls: type[Any]) -> F | None:
        for parent in cls.__mro__:
            function = self._own(parent)
            if function is not None:
                return function
        return None

    def _own(self, cls: type[Any]) -> F | None:
        table: ByClass[F] | None = self
        while table is not None:
            function = table.own.get(cls)
            if function is not None:
                return function
            table = table.base
        return None

    def built_in(self, cls: type[Any]) -> F | None:
        """Return the function for a class that was registered in a table."""
        return ByClass._look(self, cls)

    def _forget(self) -> None:
        self._found.clear()
        for heir in list(self._heirs):
            heir._forget()
