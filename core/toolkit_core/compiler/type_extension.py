"""Users' own rules for types: what their functions are called with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.compiler.type_rules import TypeRule, UserTypeRule, write_type
from toolkit_core.errors import CompileError, UnsupportedCompilationError
from toolkit_core.types import TypeEngine


class TypeCompiler:
    """What a user's function writes a type with."""

    def __init__(self, dialect: Any) -> None:
        self.dialect = dialect

    def process(self, type_: TypeEngine[Any], **kw: Any) -> str:
        """Return the DDL of a type.

        >>> from toolkit_core.compiler.standard import STANDARD
        >>> from toolkit_core.types import String
        >>> TypeCompiler(STANDARD).process(String(20))
        'VARCHAR(20)'
        """
        return write_type(type_, self.dialect)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("visit_"):
            raise AttributeError(
                f"this compiler has no {name!r}; it has process(), visit_<type>() and dialect"
            )

        def visit(type_: TypeEngine[Any], **kw: Any) -> str:
            rule: TypeRule | None = self.dialect.type_rules.built_in(type(type_))
            if rule is None:
                raise UnsupportedCompilationError(self, type(type_))
            return rule(self.dialect.style, type_)

        return visit


class UserTypeRules:
    """The functions that users registered for one class of types, by the dialect's name."""

    def __init__(self) -> None:
        self.functions: dict[str, Callable[..., str]] = {}

    def __call__(self, dialect: str) -> TypeRule | None:
        """Return the rule for a dialect, or the one for all."""
        function = self.functions.get(dialect) or self.functions.get("default")
        return None if function is None else UserTypeRule(_checked(function))


def _checked(function: Callable[..., str]) -> Callable[[Any, Any], str]:
    def write(type_: Any, dialect: Any) -> str:
        found = function(type_, TypeCompiler(dialect))
        if not isinstance(found, str):
            raise CompileError(
                f"the function that @compiles registered for {type(type_).__name__} returned "
                f"{found!r}",
                hint="it returns the type as DDL has it, as text",
            )
        return found

    return write


# Under its documented name.
GenericTypeCompiler = TypeCompiler
