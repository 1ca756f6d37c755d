"""How values travel: a dialect's table of what each type does to them on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from toolkit_core.types.by_class import ByClass

Processor = Callable[[Any], Any]
Writes = Callable[[Any], str]
BindRule = Callable[[Any, Any], Processor | None]
ResultRule = Callable[[Any, Any, Any], Processor | None]
LiteralRule = Callable[[Any, Any], Writes | None]


class TypeDialect(Protocol):
    """What types ask of a dialect."""

    @property
    def name(self) -> str:
        """Which variant of a type is meant for it."""
        ...

    @property
    def types(self) -> TypeTable:
        """What happens to values on the way."""
        ...

    @property
    def style(self) -> Any:
        """How it writes text, and its placeholders."""
        ...


class TypeTable:
    """Three tables by class: what happens to a value to be bound, to a result, to a literal.

    A rule is called once per statement, with the type and the dialect, and returns a function
    for the values, or None where the driver does it right.  What a dialect does not say it
    takes from its base, as a rule ``generic``: what the type's own file registers.
    """

    def __init__(self, base: TypeTable | None = None) -> None:
        self.bind: ByClass[BindRule] = ByClass(None if base is None else base.bind)
        self.result: ByClass[ResultRule] = ByClass(None if base is None else base.result)
        self.literal: ByClass[LiteralRule] = ByClass(None if base is None else base.literal)


generic = TypeTable()
