"""Writing CREATE and DROP of tables, schemas and views, comments, and DDL as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_core.compiler.ansi.ddl_constraints import written_in_table
from toolkit_core.compiler.ansi.inline import quoted_string, write_query
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.schema import (
    DDL,
    CreateSchema,
    CreateTable,
    CreateTableAs,
    CreateView,
    DropColumnComment,
    DropConstraintComment,
    DropSchema,
    DropTable,
    DropTableComment,
    DropView,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
    Table,
)
from toolkit_core.schema.dialect_options import check_options
from toolkit_core.schema.item import in_order


def write_table_name(w: Writer, table: Table) -> None:
    """Write the name of a table behind that of its schema."""
    w.qualified(table.name, table.schema)


@ansi(CreateTable)
def write_create_table(w: Writer, create: CreateTable) -> None:
    """Write CREATE TABLE."""
    write_table_parts(w, create)


def write_table_parts(w: Writer, create: CreateTable, *, suffix: str = "") -> None:
    """Write CREATE TABLE, with something behind its parentheses."""
    table = create.element
    check_options(table, w.dialect)
    for column in table._columns:
        if column._options:
            check_options(column, w.dialect)
    # It refuses what cannot count up, on whichever database.
    _ = table.autoincrement_column
    w.text("\nCREATE ")
    for prefix in table._prefixes:
        w.text(prefix + " ")
    w.text("TABLE IF NOT EXISTS " if create.if_not_exists else "TABLE ")
    write_table_name(w, table)
    w.text(" (")
    between = "\n\t"
    for part in _parts(create, w):
        if _written_behind(w, between, part, table):
            between = ", \n\t"
    w.text(f"\n){suffix}\n\n")


def _parts(create: CreateTable, w: Writer) -> Iterator[Any]:
    yield from create.columns
    key = create.element.primary_key
    if key is not None and len(key._columns):
        yield key
    for constraint in in_order(create.element.constraints):
        if constraint is not key and written_in_table(w, create, constraint):
            yield constraint


def _written_behind(w: Writer, between: str, part: Any, table: Table) -> bool:
    """Write a part behind a separator, unless its rule writes nothing; tell whether it did."""
    out = w.out
    start = len(out)
    out.append(between)
    try:
        w.write(part)
    except CompileError as error:
        if part.visit_name != "create_column":
            raise
        raise CompileError(
            f"(in table '{table.description}', column '{part.element.name}'): "
            f"{error.args[0] if error.args else error}",
            hint=error.hint,
        ) from error
    if len(out) > start + 1 and any(out[start + 1 :]):
        return True
    del out[start:]
    return False


@ansi(DropTable)
def write_drop_table(w: Writer, drop: DropTable) -> None:
    """Write DROP TABLE."""
    w.text("\nDROP TABLE IF EXISTS " if drop.if_exists else "\nDROP TABLE ")
    write_table_name(w, drop.element)


@ansi(CreateSchema)
def write_create_schema(w: Writer, create: CreateSchema) -> None:
    """Write CREATE SCHEMA."""
    w.text("CREATE SCHEMA IF NOT EXISTS " if create.if_not_exists else "CREATE SCHEMA ")
    w.name(create.element)


@ansi(DropSchema)
def write_drop_schema(w: Writer, drop: DropSchema) -> None:
    """Write DROP SCHEMA."""
    w.text("DROP SCHEMA IF EXISTS " if drop.if_exists else "DROP SCHEMA ")
    w.name(drop.element)
    if drop.cascade:
        w.text(" CASCADE")


# -- views, and tables from queries -------------------------------------------------------


@ansi(CreateView)
def write_create_view(w: Writer, create: CreateView) -> None:
    """Write CREATE VIEW."""
    write_view_parts(w, create)


def write_view_parts(
    w: Writer, create: CreateView, *, if_not_exists: bool = False, behind_name: str = ""
) -> None:
    """Write CREATE VIEW, for a dialect that may have IF NOT EXISTS there, or options."""
    w.text("CREATE ")
    if create.or_replace:
        w.text("OR REPLACE ")
    if create.temporary:
        w.text("TEMPORARY ")
    if create.materialized:
        w.text("MATERIALIZED ")
    w.text("VIEW IF NOT EXISTS " if if_not_exists else "VIEW ")
    _write_as_query(w, create, behind_name)


@ansi(CreateTableAs)
def write_create_table_as(w: Writer, create: CreateTableAs) -> None:
    """Write CREATE TABLE … AS."""
    w.text("CREATE TEMPORARY TABLE " if create.temporary else "CREATE TABLE ")
    if create.if_not_exists:
        w.text("IF NOT EXISTS ")
    _write_as_query(w, create)


def _write_as_query(w: Writer, create: CreateView | CreateTableAs, behind_name: str = "") -> None:
    check_options(create, w.dialect)
    write_table_name(w, create.table)
    w.text(f"{behind_name} AS ")
    write_query(w, create.selectable)


@ansi(DropView)
def write_drop_view(w: Writer, drop: DropView) -> None:
    """Write DROP VIEW."""
    w.text("\nDROP MATERIALIZED VIEW " if drop.materialized else "\nDROP VIEW ")
    if drop.if_exists:
        w.text("IF EXISTS ")
    write_table_name(w, drop.element)


# -- comments -----------------------------------------------------------------------------


@ansi(SetTableComment)
def write_set_table_comment(w: Writer, comment: SetTableComment) -> None:
    """Write COMMENT ON TABLE."""
    w.text("COMMENT ON TABLE ")
    write_table_name(w, comment.element)
    _write_comment(w, comment.element.comment)


@ansi(DropTableComment)
def write_drop_table_comment(w: Writer, comment: DropTableComment) -> None:
    """Write COMMENT ON TABLE … IS NULL."""
    w.text("COMMENT ON TABLE ")
    write_table_name(w, comment.element)
    _write_comment(w, None)


@ansi(SetColumnComment)
def write_set_column_comment(w: Writer, comment: SetColumnComment) -> None:
    """Write COMMENT ON COLUMN."""
    _write_column_path(w, comment)
    _write_comment(w, comment.element.comment)


@ansi(DropColumnComment)
def write_drop_column_comment(w: Writer, comment: DropColumnComment) -> None:
    """Write COMMENT ON COLUMN … IS NULL."""
    _write_column_path(w, comment)
    _write_comment(w, None)


def _write_column_path(w: Writer, comment: SetColumnComment | DropColumnComment) -> None:
    column = comment.element
    if column.table is None:
        raise CompileError(f"{column!r} is in no table, so it can have no comment")
    w.text("COMMENT ON COLUMN ")
    write_table_name(w, column.table)
    w.text(".")
    w.name(column.name)


@ansi(SetConstraintComment)
def write_set_constraint_comment(w: Writer, comment: SetConstraintComment) -> None:
    """Write COMMENT ON CONSTRAINT."""
    _write_constraint_path(w, comment)
    _write_comment(w, comment.element.comment)


@ansi(DropConstraintComment)
def write_drop_constraint_comment(w: Writer, comment: DropConstraintComment) -> None:
    """Write COMMENT ON CONSTRAINT … IS NULL."""
    _write_constraint_path(w, comment)
    _write_comment(w, None)


def _write_constraint_path(
    w: Writer, comment: SetConstraintComment | DropConstraintComment
) -> None:
    constraint = comment.element
    if constraint.name is None:
        raise CompileError(f"Can't emit COMMENT ON for constraint {constraint!r}; it has no name")
    w.text("COMMENT ON CONSTRAINT ")
    w.name(constraint.name)
    w.text(" ON ")
    write_table_name(w, constraint.table)


def _write_comment(w: Writer, comment: str | None) -> None:
    w.safe(" IS " + ("NULL" if comment is None else quoted_string(comment)))


# -- as the user wrote it -----------------------------------------------------------------


@ansi(DDL)
def write_ddl_text(w: Writer, ddl: DDL) -> None:
    """Write the text with the names of its table and its context in it."""
    context: Mapping[str, Any] = ddl.context
    if isinstance(ddl.target, Table):
        context = {**_names_of(w, ddl.target), **context}
    try:
        w.safe(ddl.statement % context)
    except KeyError as error:
        raise CompileError(
            f"DDL {ddl.statement!r} names %({error.args[0]})s, which is not there",
            hint="table, schema and fullname are known in a table's event, the rest by context; "
            "a percent sign is written twice",
        ) from error


def _names_of(w: Writer, table: Table) -> dict[str, str]:
    schema = table.schema if w.schemas is None else w.schemas.get(table.schema, table.schema)
    name = w.style.quoted(table.name)
    inside = "" if schema is None else w.style.quoted(schema)
    return {
        "table": name,
        "schema": inside,
        "fullname": f"{inside}.{name}" if inside else name,
    }
