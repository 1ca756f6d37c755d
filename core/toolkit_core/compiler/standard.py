"""What is written for when no dialect is named: the standard, and a name for what it lacks."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi import ansi, ansi_types
from toolkit_core.compiler.ansi.conflict import OnConflict, write_on_conflict
from toolkit_core.compiler.ansi.ddl_columns import (
    write_column_constraints,
    write_column_start,
    write_create_column,
)
from toolkit_core.compiler.ansi.update import SetParts, write_parts
from toolkit_core.compiler.rules import Rules
from toolkit_core.compiler.type_rules import TypeRules, write_type
from toolkit_core.compiler.writer import Writer
from toolkit_core.facts import Capabilities, ParamStyle, Style
from toolkit_core.schema import CreateColumn
from toolkit_core.types import ARRAY, NullType, TupleType, TypeEngine, UserDefinedType, generic
from toolkit_core.types.table import TypeTable
from toolkit_core.types.type_engine import to_instance

shown = Rules("default", ansi)


@shown(OnConflict)
def show_conflict(w: Writer, conflict: OnConflict) -> None:
    """Show an upsert as most databases write it."""
    write_on_conflict(w, conflict)


@shown(CreateColumn)
def show_column(w: Writer, create: CreateColumn) -> None:
    """Show a column that counts up as the standard has it."""
    column = create.element
    if column.identity is None or column.system:
        write_create_column(w, create)
        return
    write_column_start(w, column)
    w.text(" ")
    w.write(column.identity)
    write_column_constraints(w, column)


@shown(SetParts)
def show_parts(w: Writer, parts: SetParts) -> None:
    """Show what is set inside of columns."""
    write_parts(w, parts)


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


# Words that the standard, or most databases, keep for themselves.
_WORDS = """
    all analyse analyze and any array as asc asymmetric authorization between binary both case
    cast check collate column constraint create cross current_date current_role current_time
    current_timestamp current_user default deferrable desc distinct do else end except false
    for foreign freeze from full grant group having ilike in initially inner intersect into is
    isnull join leading left like limit localtime localtimestamp natural new not notnull null
    off offset old on only or order outer overlaps placing primary references right select
    session_user set similar some symmetric table then to trailing true union unique user using
    verbose when where
"""
RESERVED = frozenset(_WORDS.split())


class StandardDialect:
    """What the compiler and the types ask of a dialect, without a driver behind it."""

    name = "default"
    positional = False
    paramstyle = ParamStyle.NAMED.value
    style = Style(paramstyle=ParamStyle.NAMED, reserved=RESERVED)
    rules: Rules = shown
    types: TypeTable = generic
    capabilities = Capabilities(
        alters_constraints=True, sequences=True, comments=True, native_boolean=True
    )
    type_rules: TypeRules = shown_types

    def type_descriptor(self, typeobj: Any) -> TypeEngine[Any]:
        """Return the type."""
        return to_instance(typeobj)


STANDARD = StandardDialect()


def type_text(type_: TypeEngine[Any], dialect: Any = None) -> str:
    """Return the DDL of a type, on a dialect if one is named."""
    return write_type(type_, STANDARD if dialect is None else dialect)
