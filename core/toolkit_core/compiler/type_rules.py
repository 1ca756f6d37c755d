"""Which function writes the DDL of which type: a table per dialect, each on its parent's."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.facts import Style
from toolkit_core.types import TypeDecorator, TypeEngine
from toolkit_core.types.by_class import ByClass

TypeRule = Callable[[Style, Any], str]

# The tables that have no base.
TYPE_ROOTS: weakref.WeakSet[TypeRules] = weakref.WeakSet()


class UserTypeRule:
    """A rule of a user's (``@compiles``), which wants to know the dialect as well."""

    def __init__(self, function: Callable[[Any, Any], str]) -> None:
        self.function = function

    def __call__(self, style: Style, type_: Any) -> str:
        """Refuse: what a user's function is to know, the table does not."""
        raise TypeError("a user's rule for a type is called with a dialect")


class TypeRules(ByClass[TypeRule]):
    """A table of rules for types; ``@rules(TypeClass)`` adds one.

    A rule takes the style and the type, and returns the text.
    """

    def __init__(self, name: str, base: TypeRules | None = None) -> None:
        super().__init__(base)
        self.name = name
        if base is None:
            TYPE_ROOTS.add(self)

    def _look(self, cls: type[Any]) -> TypeRule | None:
        for parent in cls.__mro__:
            written = parent.__dict__.get("written_by")
            rule: TypeRule | None = written and written(self.name)
            rule = rule or self._own(parent)
            if rule is not None:
                return rule
        return None

    def write(self, style: Style, type_: TypeEngine[Any], dialect: Any = None) -> str:
        """Return the DDL of a type by its rule."""
        rule = self.find(type(type_))
        if rule is None:
            raise UnsupportedCompilationError(
                f"The dialect {self.name!r} can't write the type {type_!r}",
                hint="another type may do: with_variant() names one for a dialect",
            )
        if isinstance(rule, UserTypeRule):
            return rule.function(type_, dialect)
        return rule(style, type_)


def write_type(type_: TypeEngine[Any], dialect: Any) -> str:
    """Return the DDL of a type on a dialect: of its variant there, and of what is inside it.

    A rule for a user's own class comes before what its class says by itself.
    """
    rules: TypeRules = dialect.type_rules
    here = type_.dialect_impl(dialect)
    while isinstance(here, TypeDecorator) and rules.find(type(here)) is None:
        here = here.type_engine(dialect)
    return rules.write(dialect.style, here, dialect)
