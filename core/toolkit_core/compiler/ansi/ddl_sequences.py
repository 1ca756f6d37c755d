"""Writing CREATE SEQUENCE and DROP SEQUENCE."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.ddl_columns import counting_sql
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.schema import CreateSequence, DropSequence


@ansi(CreateSequence)
def write_create_sequence(w: Writer, create: CreateSequence) -> None:
    """Write CREATE SEQUENCE."""
    write_sequence_parts(w, create)


def write_sequence_parts(w: Writer, create: CreateSequence, *, kind: Any = None) -> None:
    """Write CREATE SEQUENCE, for a dialect that may say of which type its numbers are."""
    sequence = create.element
    w.text("CREATE SEQUENCE IF NOT EXISTS " if create.if_not_exists else "CREATE SEQUENCE ")
    w.qualified(sequence.name, sequence.schema)
    if kind is not None:
        w.text(" AS ")
        w.type(kind)
    options = counting_sql(sequence)
    if options:
        w.text(" " + options)


@ansi(DropSequence)
def write_drop_sequence(w: Writer, drop: DropSequence) -> None:
    """Write DROP SEQUENCE."""
    w.text("DROP SEQUENCE IF EXISTS " if drop.if_exists else "DROP SEQUENCE ")
    w.qualified(drop.element.name, drop.element.schema)
