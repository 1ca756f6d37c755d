"""Writing constraints, and dropping each in its own words.

https://dev.mysql.com/doc/refman/9.0/en/alter-table.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.ddl_constraints import (
    write_alter_table,
    write_check,
    write_column_names,
    write_constraint_name,
    write_foreign_key,
    write_unique,
)
from toolkit_core.compiler.ansi.names import fitting
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_core.dialect.schema import (
    CheckConstraint,
    DropConstraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    refused,
)
from toolkit_mysql.compiler.ddl_columns import counts_up
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.compiler.table_options import options_of

for _dialect in ("mysql", "mariadb"):
    for _class in (PrimaryKeyConstraint, UniqueConstraint):
        _class.argument_for(_dialect, "using", None)


def check_deferral(w: Writer, constraint: Any) -> None:
    """Refuse constraints that say when they are looked at: it is always at once.

    https://dev.mysql.com/doc/refman/9.0/en/create-table-foreign-keys.html
    """
    if constraint.deferrable is not None or constraint.initially is not None:
        refused("MySQL", "leave deferrable and initially out", "DEFERRABLE")(w, constraint)


@mysql(PrimaryKeyConstraint)
def write_key(w: Writer, key: PrimaryKeyConstraint) -> None:
    """Write the key; a column that counts up must come first in it.

    https://dev.mysql.com/doc/refman/9.0/en/innodb-auto-increment-handling.html
    """
    check_deferral(w, key)
    write_constraint_name(w, key)
    w.text("PRIMARY KEY (")
    write_column_names(w, sorted(key._columns, key=lambda column: not counts_up(w, column)))
    w.text(")")
    write_using(w, key)


@mysql(UniqueConstraint)
def write_unique_constraint(w: Writer, unique: UniqueConstraint) -> None:
    """Write UNIQUE."""
    check_deferral(w, unique)
    write_unique(w, unique)
    if len(unique._columns):
        write_using(w, unique)


def write_using(w: Writer, item: Any) -> None:
    """Write what kind of index it is to be."""
    using = options_of(item, w.dialect).get("using")
    if using is not None:
        w.text(f" USING {using}")


@mysql(CheckConstraint)
def write_check_constraint(w: Writer, check: CheckConstraint) -> None:
    """Write CHECK."""
    check_deferral(w, check)
    write_check(w, check)


@mysql(ForeignKeyConstraint)
def write_key_to_other(w: Writer, key: ForeignKeyConstraint) -> None:
    """Write the foreign key; MATCH would make the server forget what follows.

    https://dev.mysql.com/doc/refman/9.0/en/create-table-foreign-keys.html
    """
    check_deferral(w, key)
    if key.match is not None:
        raise CompileError(
            "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE "
            "clauses to be ignored.",
            hint="leave match out",
        )
    write_foreign_key(w, key)


# -- dropping -----------------------------------------------------------------------------


@mysql(DropConstraint)
def write_drop(w: Writer, drop: DropConstraint) -> None:
    """Write ALTER TABLE … DROP, by what is dropped."""
    if drop.if_exists:
        refused("MySQL", "inspect() tells what there is", "DROP CONSTRAINT IF EXISTS")(w, drop)
    write_drop_by_kind(w, drop, "CHECK")


@mariadb(DropConstraint)
def write_mariadb_drop(w: Writer, drop: DropConstraint) -> None:
    """Write ALTER TABLE … DROP; of checks MariaDB knows the standard's words only.

    https://mariadb.com/docs/server/reference/sql-statements/data-definition/alter/alter-table
    """
    write_drop_by_kind(w, drop, "CONSTRAINT")


def write_drop_by_kind(w: Writer, drop: DropConstraint, check: str) -> None:
    """Write ALTER TABLE … DROP with the word for what is dropped."""
    constraint = drop.element
    if isinstance(constraint, PrimaryKeyConstraint):
        write_alter_table(w, constraint.table)
        w.text("DROP PRIMARY KEY")
        return
    if constraint.name is None:
        raise CompileError(
            f"Can't emit DROP CONSTRAINT for constraint {constraint!r}; it has no name",
            hint="name it, or give the MetaData a naming_convention",
        )
    if isinstance(constraint, ForeignKeyConstraint):
        word = "FOREIGN KEY"
    else:
        word = "INDEX" if isinstance(constraint, UniqueConstraint) else check
    write_alter_table(w, constraint.table)
    w.text(f"DROP {word} {'IF EXISTS ' * drop.if_exists}")
    w.name(fitting(w, constraint.name))
