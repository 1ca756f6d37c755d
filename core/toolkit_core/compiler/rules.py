"""Which function writes which node: a table per dialect, each on top of its parent's."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.node import Node

if TYPE_CHECKING:
    from toolkit_core.compiler.writer import Writer

N = TypeVar("N", bound=Node)
Rule = Callable[["Writer", Any], None]


class Rules:
    """A table of rules; ``@rules(NodeClass)`` adds one.

    What a table does not have itself it takes from its base, also what is added there later:
    it looks once for each class of nodes, remembers, and forgets when a rule is added to it or
    to a base.

    >>> class Word(Node):
    ...     pass
    >>> parent = Rules("parent")
    >>> heir = Rules("heir", parent)
    >>> @parent(Word)
    ... def write_word(writer, word):
    ...     print("word")
    >>> heir.find(Word)(None, Word())
    word
    """

    def __init__(self, name: str, base: Rules | None = None) -> None:
        self.name = name
        self.base = base
        self.own: dict[type[Node], Rule] = {}
        # What the writer asks: filled as it asks.
        self.flat: dict[type[Node], Rule] = {}
        self._heirs: weakref.WeakSet[Rules] = weakref.WeakSet()
        if base is not None:
            base._heirs.add(self)

    def __call__(
        self, *classes: type[N]
    ) -> Callable[[Callable[[Writer, N], None]], Callable[[Writer, N], None]]:
        """Register a function that writes nodes of these classes."""

        def register(rule: Callable[[Writer, N], None]) -> Callable[[Writer, N], None]:
            for cls in classes:
                self.own[cls] = rule
            self._forget()
            return rule

        return register

    def find(self, cls: type[Node]) -> Rule:
        """Return the rule for a class: its own, its parents', those before the base's."""
        found = self.flat.get(cls)
        if found is None:
            found = self._look(cls)
            if found is None:
                raise UnsupportedCompilationError(
                    f"The dialect {self.name!r} can't write {cls.__name__}",
                    hint="another dialect may; or write a rule for it with @compiles",
                )
            self.flat[cls] = found
        return found

    def _look(self, cls: type[Node]) -> Rule | None:
        for parent in cls.__mro__:
            table: Rules | None = self
            while table is not None:
                rule = table.own.get(parent)
                if rule is not None:
                    return rule
                table = table.base
        return None

    def _forget(self) -> None:
        self.flat.clear()
        for heir in list(self._heirs):
            heir._forget()
