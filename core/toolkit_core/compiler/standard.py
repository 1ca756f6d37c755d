"""What is written for when no dialect is named: the standard, and a name for what it lacks."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.types import ansi_types
from toolkit_core.compiler.type_rules import TypeRules, write_type
from toolkit_core.facts import ParamStyle, Style
from toolkit_core.types import ARRAY, NullType, TupleType, TypeEngine, UserDefinedType, generic
from toolkit_core.types.table import TypeTable
from toolkit_core.types.type_engine import to_instance

shown_types = TypeRules("default", ansi_types)


@shown_types(NullType)
def show_null(style: Style, type_: NullType) -> str:
    """Show that nothing is known."""
    return "NULL"


@shown_types(ARRAY)
def show_array(style: Style, type_: ARRAY[Any]) -> str:
    """Show that it is an array."""
    return "ARRAY"


@shown_types(TupleType)
def show_tuple(style: Style, type_: TupleType) -> str:
    """Show the tuple."""
    return repr(type_)


@shown_types(UserDefinedType)
def show_user_defined(style: Style, type_: Any) -> str:
    """Show what the type says, or else its name."""
    spec = getattr(type_, "get_col_spec", None)
    return repr(type_) if spec is None else str(spec())


class StandardTypes:
    """As much of a dialect as types ask for."""

    name = "default"
    style = Style(paramstyle=ParamStyle.NAMED)
    types: TypeTable = generic
    type_rules: TypeRules = shown_types

    def type_descriptor(self, typeobj: Any) -> TypeEngine[Any]:
        """Return the type."""
        return to_instance(typeobj)


STANDARD = StandardTypes()


def type_text(type_: TypeEngine[Any], dialect: Any = None) -> str:
    """Return the DDL of a type, on a dialect if one is named."""
    return write_type(type_, STANDARD if dialect is None else dialect)
