"""Constraints: what they include, and when they are looked at.

https://www.postgresql.org/docs/current/sql-createtable.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.compiler.ansi.ddl_constraints import (
    write_check,
    write_column_names,
    write_constraint_name,
    write_deferral,
    write_foreign_key,
)
from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import (
    CheckConstraint,
    Constraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    TakesDialectOptions,
    UniqueConstraint,
    options_for,
)
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.expression.exclude import ExcludeConstraint

_ARGUMENTS: dict[type[TakesDialectOptions], dict[str, Any]] = {
    CheckConstraint: {"not_valid": False},
    ForeignKeyConstraint: {"not_valid": False},
    PrimaryKeyConstraint: {"include": None},
    UniqueConstraint: {"include": None, "nulls_not_distinct": None},
}
for _class, _arguments in _ARGUMENTS.items():
    for _name, _default in _arguments.items():
        _class.argument_for("postgresql", _name, _default)


@postgresql(PrimaryKeyConstraint)
def write_primary_key(w: Writer, key: PrimaryKeyConstraint) -> None:
    """Write PRIMARY KEY, with further columns in its index."""
    write_constraint_name(w, key)
    w.text("PRIMARY KEY (")
    write_column_names(w, key.columns)
    w.text(")")
    write_include(w, options_for(key, "postgresql").get("include"), key.table)
    write_deferral(w, key)


@postgresql(UniqueConstraint)
def write_unique(w: Writer, unique: UniqueConstraint) -> None:
    """Write UNIQUE, with what NULL is to it and further columns in its index."""
    if not len(unique.columns):
        return
    options = options_for(unique, "postgresql")
    write_constraint_name(w, unique)
    w.text(f"UNIQUE{nulls_word(options.get('nulls_not_distinct'))} (")
    write_column_names(w, unique.columns)
    w.text(")")
    write_include(w, options.get("include"), unique.table)
    write_deferral(w, unique)


def nulls_word(distinct: bool | None) -> str:
    """Return whether NULLs count as equal, if that was said."""
    if distinct is None:
        return ""
    return " NULLS NOT DISTINCT" if distinct else " NULLS DISTINCT"


def write_include(w: Writer, include: Iterable[Any] | None, table: Any) -> None:
    """Write columns that an index carries along."""
    if not include:
        return
    names = [table.c[one].name if isinstance(one, str) else one.name for one in include]
    w.text(f" INCLUDE ({', '.join([w.style.quoted(name) for name in names])})")


@postgresql(CheckConstraint)
def write_check_constraint(w: Writer, check: CheckConstraint) -> None:
    """Write CHECK."""
    write_check(w, check)
    write_not_valid(w, check)


@postgresql(ForeignKeyConstraint)
def write_key_to_other(w: Writer, key: ForeignKeyConstraint) -> None:
    """Write FOREIGN KEY."""
    write_foreign_key(w, key)
    write_not_valid(w, key)


def write_not_valid(w: Writer, constraint: Constraint) -> None:
    """Write that rows which are there already are not looked at."""
    if options_for(constraint, "postgresql").get("not_valid"):
        w.text(" NOT VALID")


@postgresql(ExcludeConstraint)
def write_exclude(w: Writer, exclude: ExcludeConstraint) -> None:
    """Write EXCLUDE.

    https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE
    """
    write_constraint_name(w, exclude)
    w.text(f"EXCLUDE USING {exclude.using} (")
    for position, (element, operator) in enumerate(exclude.elements):
        if position:
            w.text(", ")
        write_inline(w, element)
        name = getattr(element, "key", None)
        if name in exclude.ops:
            w.text(f" {exclude.ops[name]}")
        w.safe(f" WITH {operator}")
    w.text(")")
    if exclude.where is not None:
        w.text(" WHERE (")
        write_inline(w, exclude.where)
        w.text(")")
    write_deferral(w, exclude)
