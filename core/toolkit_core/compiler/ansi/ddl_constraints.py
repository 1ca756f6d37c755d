"""Writing constraints, in CREATE TABLE and on their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.ansi.names import fitting
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.schema import (
    AddConstraint,
    CheckConstraint,
    Constraint,
    CreateTable,
    DropConstraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from toolkit_core.schema.dialect_options import check_options
from toolkit_core.schema.naming import convention_name


def written_in_table(w: Writer, create: CreateTable, constraint: Constraint) -> bool:
    """Tell whether a constraint stands in CREATE TABLE, rather than alone or nowhere."""
    if constraint._isolated or getattr(constraint, "_in_column", False):
        return False
    rule = constraint._create_rule
    if rule is not None and not rule(w):
        return False
    condition = constraint._ddl_if
    if condition is not None and not condition.holds(
        create, constraint, None, dialect=w.dialect, compiler=w
    ):
        return False
    if isinstance(constraint, ForeignKeyConstraint):
        chosen = create.include_foreign_key_constraints
        if chosen is not None:
            return constraint in chosen
        return not (constraint.use_alter and _alters(w))
    return True


def _alters(w: Writer) -> bool:
    alters: bool = w.dialect.capabilities.alters_constraints
    return alters


@ansi(PrimaryKeyConstraint)
def write_primary_key(w: Writer, key: PrimaryKeyConstraint) -> None:
    """Write PRIMARY KEY."""
    write_constraint_name(w, key)
    w.text("PRIMARY KEY (")
    write_column_names(w, key._columns)
    w.text(")")
    write_deferral(w, key)


@ansi(UniqueConstraint)
def write_unique(w: Writer, unique: UniqueConstraint) -> None:
    """Write UNIQUE; of no columns there is nothing to write."""
    if not len(unique._columns):
        return
    write_constraint_name(w, unique)
    w.text("UNIQUE (")
    write_column_names(w, unique._columns)
    w.text(")")
    write_deferral(w, unique)


@ansi(CheckConstraint)
def write_check(w: Writer, check: CheckConstraint) -> None:
    """Write CHECK."""
    write_constraint_name(w, check)
    w.text("CHECK (")
    write_inline(w, check.sqltext)
    w.text(")")
    write_deferral(w, check)


@ansi(ForeignKeyConstraint)
def write_foreign_key(w: Writer, key: ForeignKeyConstraint) -> None:
    """Write FOREIGN KEY with what it points to."""
    referred = key.referred_table
    write_foreign_key_to(w, key, referred.name, referred.schema)


def write_foreign_key_to(
    w: Writer, key: ForeignKeyConstraint, name: str, schema: str | None
) -> None:
    """Write FOREIGN KEY with a name for the table that it points to."""
    write_constraint_name(w, key)
    w.text("FOREIGN KEY(")
    write_column_names(w, key._columns)
    w.text(") REFERENCES ")
    w.qualified(name, schema)
    w.text(" (")
    write_column_names(w, [element.column for element in key.elements])
    w.text(")")
    if key.match is not None:
        w.text(f" MATCH {key.match}")
    if key.ondelete is not None:
        w.text(f" ON DELETE {key.ondelete}")
    if key.onupdate is not None:
        w.text(f" ON UPDATE {key.onupdate}")
    write_deferral(w, key)


def write_constraint_name(w: Writer, constraint: Constraint) -> None:
    """Write CONSTRAINT and the name, if there is one."""
    check_options(constraint, w.dialect)
    name = constraint.name
    if name is None and constraint._type_bound:
        name = convention_name(constraint, constraint.table)
    if name is not None:
        w.text("CONSTRAINT ")
        w.name(fitting(w, name))
        w.text(" ")


def write_column_names(w: Writer, columns: Iterable[Any]) -> None:
    """Write the names of columns with commas between them."""
    w.safe(", ".join([w.style.quoted(column.name) for column in columns]))


def write_deferral(w: Writer, constraint: Constraint) -> None:
    """Write when the constraint is looked at."""
    if constraint.deferrable is not None:
        w.text(" DEFERRABLE" if constraint.deferrable else " NOT DEFERRABLE")
    if constraint.initially is not None:
        w.text(f" INITIALLY {constraint.initially}")


@ansi(AddConstraint)
def write_add_constraint(w: Writer, add: AddConstraint) -> None:
    """Write ALTER TABLE … ADD."""
    write_alter_table(w, add.element.table)
    w.text("ADD ")
    w.write(add.element)


@ansi(DropConstraint)
def write_drop_constraint(w: Writer, drop: DropConstraint) -> None:
    """Write ALTER TABLE … DROP CONSTRAINT, for which a constraint needs a name."""
    constraint = drop.element
    if constraint.name is None:
        raise CompileError(
            f"Can't emit DROP CONSTRAINT for constraint {constraint!r}; it has no name",
            hint="name it, or give the MetaData a naming_convention",
        )
    write_alter_table(w, constraint.table)
    w.text("DROP CONSTRAINT IF EXISTS " if drop.if_exists else "DROP CONSTRAINT ")
    w.name(fitting(w, constraint.name))
    if drop.cascade:
        w.text(" CASCADE")


def write_alter_table(w: Writer, table: Table) -> None:
    """Write ALTER TABLE and the name."""
    w.text("ALTER TABLE ")
    w.qualified(table.name, table.schema)
    w.text(" ")
