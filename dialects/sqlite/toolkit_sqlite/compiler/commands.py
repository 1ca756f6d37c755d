"""What SQLite has instead of commands about whole tables, or has not."""

from __future__ import annotations

from toolkit_core.compiler.ansi.commands import Call, LockTable, Truncate, refuse_command
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(Truncate)
def write_truncate(w: Writer, truncate: Truncate) -> None:
    """Delete all rows, which SQLite does at once."""
    # https://sqlite.org/lang_delete.html#the_truncate_optimization
    if truncate.restart_identity or truncate.cascade:
        refuse_command(
            w,
            "TRUNCATE that starts keys anew or empties further tables",
            "delete from each table, and from sqlite_sequence",
        )
    w.text("DELETE FROM ")
    w.write(truncate.table)


@sqlite(LockTable)
def refuse_lock(w: Writer, lock: LockTable) -> None:
    """Refuse it."""
    # https://sqlite.org/lang_transaction.html
    refuse_command(w, "LOCK TABLE", "BEGIN IMMEDIATE locks the whole database for writing")


@sqlite(Call)
def refuse_call(w: Writer, call: Call) -> None:
    """Refuse it."""
    refuse_command(w, "stored procedures", "write it in Python")
