"""SQLite's CREATE TABLE and the like.

https://sqlite.org/lang_createtable.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.ddl import write_drop_view, write_table_parts, write_view_parts
from toolkit_core.compiler.ansi.ddl_columns import (
    write_column_constraints,
    write_column_start,
    write_default_value,
)
from toolkit_core.compiler.ansi.ddl_constraints import (
    write_check,
    write_foreign_key_to,
    write_primary_key,
    write_unique,
)
from toolkit_core.compiler.ansi.ddl_indexes import (
    index_name,
    table_of_index,
    write_index_parts,
    write_index_start,
)
from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_core.dialect.schema import (
    AddConstraint,
    CheckConstraint,
    Column,
    CreateColumn,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateView,
    DefaultClause,
    DropColumnComment,
    DropConstraint,
    DropConstraintComment,
    DropSchema,
    DropSequence,
    DropTableComment,
    DropView,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
    Table,
    TakesDialectOptions,
    UniqueConstraint,
    options_for,
    refused,
)
from toolkit_sqlite.compiler.table import sqlite

# What SQLite reads of ``sqlite_…`` arguments, with their defaults.
_ARGUMENTS: dict[type[TakesDialectOptions], dict[str, Any]] = {
    Table: {"autoincrement": False, "with_rowid": True, "strict": False},
    Index: {"where": None},
    Column: {
        "on_conflict_primary_key": None,
        "on_conflict_not_null": None,
        "on_conflict_unique": None,
    },
    PrimaryKeyConstraint: {"on_conflict": None},
    UniqueConstraint: {"on_conflict": None},
    CheckConstraint: {"on_conflict": None},
    CreateView: {"if_not_exists": False},
}
for _class, _arguments in _ARGUMENTS.items():
    for _name, _default in _arguments.items():
        _class.argument_for("sqlite", _name, _default)

for _nodes, _hint in (
    ((AddConstraint, DropConstraint), "constraints stand in CREATE TABLE, or nowhere"),
    ((CreateSequence, DropSequence), "integer primary keys count by themselves"),
    ((CreateSchema, DropSchema), "ATTACH DATABASE gives a schema"),
    (
        (
            SetTableComment,
            DropTableComment,
            SetColumnComment,
            DropColumnComment,
            SetConstraintComment,
            DropConstraintComment,
        ),
        "it has no comments",
    ),
):
    sqlite(*_nodes)(refused("SQLite", _hint))


@sqlite(CreateTable)
def write_table(w: Writer, create: CreateTable) -> None:
    """Add what SQLite says behind the parentheses."""
    options = options_for(create.element, "sqlite")
    behind = []
    if options.get("with_rowid", True) is False:
        behind.append("WITHOUT ROWID")
    if options.get("strict"):
        behind.append("STRICT")
    write_table_parts(w, create, suffix="\n " + ",\n ".join(behind) if behind else "")


@sqlite(CreateColumn)
def write_column(w: Writer, create: CreateColumn) -> None:
    """Write the column; AUTOINCREMENT stands behind a PRIMARY KEY in the column itself."""
    column = create.element
    if column.system:
        return
    if column.primary_key and column.autoincrement is True:
        refuse_several(column)
    write_column_start(w, column)
    if isinstance(column.server_default, DefaultClause):
        w.text(" DEFAULT ")
        write_expression_default(w, column.server_default)
    if not column.nullable:
        w.text(" NOT NULL")
        write_conflict(w, options_for(column, "sqlite").get("on_conflict_not_null"))
    if column.primary_key and counts_up(column):
        w.text(" PRIMARY KEY")
        write_conflict(w, options_for(column, "sqlite").get("on_conflict_primary_key"))
        w.text(" AUTOINCREMENT")
    if column.computed is not None:
        w.text(" ")
        w.write(column.computed)
    write_column_constraints(w, column)


def write_expression_default(w: Writer, default: DefaultClause) -> None:
    """Write a default; an expression needs parentheses, a literal none."""
    start = len(w.out)
    write_default_value(w, default)
    written = "".join(w.out[start:])
    if not isinstance(default.arg, str) and not is_literal(written):
        w.out[start:] = [f"({written})"]


def is_literal(sql: str) -> bool:
    """Tell whether a default is a plain value, or in parentheses already.

    >>> is_literal("'a'"), is_literal("5"), is_literal("1 + 1"), is_literal("(1 + 1)")
    (True, True, False, True)
    """
    if len(sql) > 1 and sql[0] == sql[-1] == "'" and "'" not in sql[1:-1].replace("''", ""):
        return True
    if sql.startswith("(") and sql.endswith(")"):
        return True
    if sql.replace(".", "", 1).isdigit():
        return True
    return sql.upper() in _WORDS


_WORDS = frozenset(("NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"))


def refuse_several(column: Column[Any]) -> None:
    """Refuse to count up one of several columns of a key: SQLite counts up rowids."""
    if column.table is not None and len(column.table.primary_key.columns) > 1:
        raise CompileError(
            "SQLite does not support autoincrement for composite primary keys",
            hint="leave autoincrement=True out, and give the column a default or a value",
        )


def counts_up(column: Column[Any]) -> bool:
    """Tell whether AUTOINCREMENT was asked for and can be.

    https://sqlite.org/autoinc.html
    """
    table = column.table
    return (
        column.primary_key
        and table is not None
        and bool(options_for(table, "sqlite").get("autoincrement"))
        and len(table.primary_key.columns) == 1
        and table.autoincrement_column is column
    )


# -- constraints --------------------------------------------------------------------------


def write_conflict(w: Writer, algorithm: str | None) -> None:
    """Write what happens to a row that violates a constraint.

    https://sqlite.org/lang_conflict.html
    """
    if algorithm is not None:
        w.text(f" ON CONFLICT {algorithm}")


def conflict_of(constraint: Any, flag: str) -> str | None:
    """Return the algorithm of a constraint, or of the one column that asked for it."""
    own: str | None = options_for(constraint, "sqlite").get("on_conflict")
    columns = list(constraint.columns)
    if own is None and len(columns) == 1:
        own = options_for(columns[0], "sqlite").get(flag)
    return own


@sqlite(PrimaryKeyConstraint)
def write_key(w: Writer, key: PrimaryKeyConstraint) -> None:
    """Write the key, unless it stands in its column."""
    columns = list(key.columns)
    if len(columns) == 1 and counts_up(columns[0]):
        return
    write_primary_key(w, key)
    write_conflict(w, conflict_of(key, "on_conflict_primary_key"))


@sqlite(UniqueConstraint)
def write_unique_constraint(w: Writer, unique: UniqueConstraint) -> None:
    """Write UNIQUE with what happens to a row that is there already."""
    write_unique(w, unique)
    if len(unique.columns):
        write_conflict(w, conflict_of(unique, "on_conflict_unique"))


@sqlite(CheckConstraint)
def write_check_constraint(w: Writer, check: CheckConstraint) -> None:
    """Write CHECK with what happens to a row that it refuses."""
    write_check(w, check)
    write_conflict(w, options_for(check, "sqlite").get("on_conflict"))


@sqlite(ForeignKeyConstraint)
def write_key_to_other(w: Writer, key: ForeignKeyConstraint) -> None:
    """Write the foreign key; it cannot leave its schema, and so names none.

    https://sqlite.org/foreignkeys.html#fk_unsupported
    """
    referred = key.referred_table
    if referred.schema == key.table.schema:
        write_foreign_key_to(w, key, referred.name, None)


# -- indexes and views --------------------------------------------------------------------


@sqlite(CreateIndex)
def write_index(w: Writer, create: CreateIndex) -> None:
    """Write CREATE INDEX; the schema stands before the index, not before the table.

    https://sqlite.org/lang_createindex.html
    """
    index = create.element
    table = table_of_index(index)
    write_index_start(w, create)
    w.qualified(index_name(w, index), table.schema)
    w.text(" ON ")
    w.name(table.name)
    write_index_parts(w, index)
    where = options_for(index, "sqlite").get("where")
    if where is not None:
        w.text(" WHERE ")
        write_inline(w, where)


@sqlite(DropView)
def write_view_drop(w: Writer, drop: DropView) -> None:
    """Write DROP VIEW."""
    if drop.materialized:
        refused("SQLite", "CREATE TABLE AS keeps rows", "materialized views")(w, drop)
    write_drop_view(w, drop)


@sqlite(CreateView)
def write_view(w: Writer, create: CreateView) -> None:
    """Write CREATE VIEW."""
    if create.or_replace:
        refused("SQLite", "drop the view first", "CREATE OR REPLACE VIEW")(w, create)
    if create.materialized:
        refused("SQLite", "CREATE TABLE AS keeps rows", "materialized views")(w, create)
    options = options_for(create, "sqlite")
    write_view_parts(w, create, if_not_exists=bool(options.get("if_not_exists")))
