"""Writing commands about whole tables, and calls of procedures."""

from __future__ import annotations

from typing import NoReturn

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.commands import Call, LockTable, Truncate

__all__ = [
    "Call",
    "LockTable",
    "Truncate",
    "refuse_command",
    "write_call",
    "write_lock_table",
    "write_truncate",
]


@ansi(Truncate)
def write_truncate(w: Writer, truncate: Truncate) -> None:
    """Write TRUNCATE TABLE."""
    w.text("TRUNCATE TABLE ")
    w.write(truncate.table)
    if truncate.restart_identity:
        w.text(" RESTART IDENTITY")
    if truncate.cascade:
        w.text(" CASCADE")


@ansi(LockTable)
def write_lock_table(w: Writer, lock: LockTable) -> None:
    """Write LOCK TABLE."""
    w.text("LOCK TABLE ")
    w.listed(lock.tables)
    w.text(f" IN {lock.mode} MODE{' NOWAIT' * lock.nowait}")


@ansi(Call)
def write_call(w: Writer, call: Call) -> None:
    """Write CALL with the arguments."""
    w.text("CALL ")
    w.qualified(call.name, call.schema)
    w.text("(")
    w.listed(call.arguments)
    w.text(")")


def refuse_command(w: Writer, what: str, hint: str) -> NoReturn:
    """Refuse what a database has no command for."""
    raise UnsupportedCompilationError(
        f"The database of dialect {w.rules.name!r} has no {what}", hint=hint
    )
