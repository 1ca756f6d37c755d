"""Whether an item is created on this dialect at all: ``ddl_if`` and ``execute_if``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from toolkit_core.newer_typing import Self


class Condition:
    """On which dialects, and by the word of which function, something is created."""

    __slots__ = ("callable_", "dialect", "state")

    def __init__(
        self,
        dialect: str | Collection[str] | None,
        callable_: Callable[..., Any] | None,
        state: Any,
    ) -> None:
        self.dialect = dialect
        self.callable_ = callable_
        self.state = state

    def holds(
        self,
        ddl: Any,
        target: Any,
        bind: Any,
        *,
        dialect: Any = None,
        compiler: Any = None,
        **more: Any,
    ) -> bool:
        """Tell whether the item is to be created."""
        if dialect is None and bind is not None:
            dialect = bind.dialect
        # It is the user who asks for the name here.
        here = getattr(dialect, "name", None)
        names = (self.dialect,) if isinstance(self.dialect, str) else self.dialect
        if names is not None and here not in names:
            return False
        return self.callable_ is None or bool(
            self.callable_(
                ddl, target, bind, dialect=dialect, compiler=compiler, state=self.state, **more
            )
        )


class HasConditionalDDL:
    """Mix in what can be left out on some dialects."""

    _ddl_if: Condition | None = None

    def ddl_if(
        self,
        dialect: str | tuple[str, ...] | None = None,
        callable_: Callable[..., Any] | None = None,
        state: Any = None,
    ) -> Self:
        """Create the item only on some dialects, or if a function says so.

        The function gets the element, its target and the connection, and the keywords
        ``dialect``, ``compiler`` (where it is written as part of a table), ``state``, and
        ``tables`` and ``checkfirst`` (where it is created on its own).
        """
        self._ddl_if = Condition(dialect, callable_, state)
        return self
