"""Which function writes which node: a table per dialect, each on top of its parent's."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.node import Node

if TYPE_CHECKING:
    from toolkit_core.compiler.writer import Writer
    from toolkit_core.expression.operators import Operator

N = TypeVar("N", bound=Node)
Rule = Callable[["Writer", Any], None]

# The tables that have no base.
ROOTS: weakref.WeakSet[Rules] = weakref.WeakSet()


class Rules:
    """A table of rules; ``@rules(NodeClass)`` adds one.

    A class that users wrote a rule for (``@compiles``) says so itself, in ``written_by``.

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
        self.own: dict[Any, Rule] = {}
        # What the writer asks: filled as it asks.
        self.flat: dict[Any, Rule] = {}
        self._heirs: weakref.WeakSet[Rules] = weakref.WeakSet()
        if base is None:
            ROOTS.add(self)
        else:
            base._heirs.add(self)

    def __call__(
        self, *classes: type[N]
    ) -> Callable[[Callable[[Writer, N], None]], Callable[[Writer, N], None]]:
        """Register a function that writes nodes of these classes."""

        def register(rule: Callable[[Writer, N], None]) -> Callable[[Writer, N], None]:
            for cls in classes:
                self.own[cls] = rule
            self.forget()
            return rule

        return register

    def find(self, cls: type) -> Rule:
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

    def find_operator(self, operator: Operator) -> Rule:
        """Return the rule that writes an operator with its operands: for all, if none is its own.

        An operator is looked for like a class: in this table, then in its base's.
        """
        found = self.flat.get(operator)
        if found is None:
            found = self._own(operator) or self.find(type(operator))
            self.flat[operator] = found
        return found

    def operator(
        self, *operators: Operator | type[Operator]
    ) -> Callable[[Callable[[Writer, Any], None]], Callable[[Writer, Any], None]]:
        """Register a function that writes expressions with these operators."""

        def register(rule: Callable[[Writer, Any], None]) -> Callable[[Writer, Any], None]:
            for operator in operators:
                self.own[operator] = rule
            self.forget()
            return rule

        return register

    def built_in(self, cls: type) -> Rule | None:
        """Return the rule for a class that is not a user's."""
        for parent in cls.__mro__:
            rule = self._own(parent)
            if rule is not None:
                return rule
        return None

    def _own(self, key: Any) -> Rule | None:
        table: Rules | None = self
        while table is not None:
            rule = table.own.get(key)
            if rule is not None:
                return rule
            table = table.base
        return None

    def _look(self, cls: type) -> Rule | None:
        for parent in cls.__mro__:
            written = parent.__dict__.get("written_by")
            rule = written and written(self.name)
            rule = rule or self._own(parent)
            if rule is not None:
                return rule
        return None

    def forget(self) -> None:
        """Look anew for what is asked next: something was registered."""
        self.flat.clear()
        for heir in list(self._heirs):
            heir.forget()
