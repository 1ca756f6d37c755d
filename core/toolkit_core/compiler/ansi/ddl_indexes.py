"""Writing CREATE INDEX and DROP INDEX."""

from __future__ import annotations

from toolkit_core.compiler.ansi.inline import write_inline
from toolkit_core.compiler.ansi.names import fitting
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.schema import CreateIndex, DropIndex, Index, Table
from toolkit_core.schema.dialect_options import check_options


@ansi(CreateIndex)
def write_create_index(w: Writer, create: CreateIndex) -> None:
    """Write CREATE INDEX."""
    index = create.element
    table = table_of_index(index)
    write_index_start(w, create)
    w.name(index_name(w, index))
    w.text(" ON ")
    w.qualified(table.name, table.schema)
    write_index_parts(w, index)


def write_index_start(w: Writer, create: CreateIndex) -> None:
    """Write all that stands before the name."""
    check_options(create.element, w.dialect)
    w.text("CREATE UNIQUE INDEX " if create.element.unique else "CREATE INDEX ")
    if create.if_not_exists:
        w.text("IF NOT EXISTS ")


def write_index_parts(w: Writer, index: Index) -> None:
    """Write columns and expressions."""
    w.text(" (")
    for position, expression in enumerate(index.expressions):
        if position:
            w.text(", ")
        write_inline(w, expression)
    w.text(")")


@ansi(DropIndex)
def write_drop_index(w: Writer, drop: DropIndex) -> None:
    """Write DROP INDEX; an index is in the schema of its table."""
    index = drop.element
    table = table_of_index(index)
    w.text("\nDROP INDEX IF EXISTS " if drop.if_exists else "\nDROP INDEX ")
    w.qualified(index_name(w, index), table.schema)


def index_name(w: Writer, index: Index) -> str:
    """Return the name of an index, which it needs."""
    if index.name is None:
        raise CompileError(
            "CREATE INDEX and DROP INDEX require that the index have a name",
            hint="name it, or let the MetaData's naming_convention have an entry 'ix'",
        )
    return fitting(w, index.name)


def table_of_index(index: Index) -> Table:
    """Return the table of an index, which it needs."""
    if index.table is None:
        raise CompileError(
            f"Index {index.name!r} is not associated with any table.",
            hint="give it a column of a table, or put it into the Table",
        )
    return index.table
