"""Which function writes the DDL of which type: a table per dialect, each on its parent's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.facts import Style
from toolkit_core.types import TypeDecorator, TypeEngine
from toolkit_core.types.by_class import ByClass

TypeRule = Callable[[Style, Any], str]


class TypeRules(ByClass[TypeRule]):
    """A table of rules for types; ``@rules(TypeClass)`` adds one.

    A rule takes the style and the type, and returns the text.
    """

    def __init__(self, name: str, base: TypeRules | None = None) -> None:
        super().__init__(base)
        self.name = name

    def write(self, style: Style, type_: TypeEngine[Any]) -> str:
        """Return the DDL of a type by its rule."""
        rule = self.find(type(type_))
        if rule is None:
            raise UnsupportedCompilationError(
                f"The dialect {self.name!r} can't write the type {type_!r}",
                hint="another type may do: with_variant() names one for a dialect",
            )
        return rule(style, type_)


def write_type(type_: TypeEngine[Any], dialect: Any) -> str:
    """Return the DDL of a type on a dialect: of its variant there, and of what is inside it.

    A rule for a user's own class comes before what its class says by itself.
    """
    rules: TypeRules = dialect.type_rules
    here = type_.dialect_impl(dialect)
    while isinstance(here, TypeDecorator) and rules.find(type(here)) is None:
        here = here.type_engine(dialect)
    return rules.write(dialect.style, here)
