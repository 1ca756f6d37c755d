"""How MySQL and MariaDB write commands about whole tables."""

from __future__ import annotations

from toolkit_core.compiler.ansi.commands import LockTable, Truncate, refuse_command
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mysql


@mysql(Truncate)
def write_truncate(w: Writer, truncate: Truncate) -> None:
    """Write TRUNCATE TABLE, which starts keys anew in any case."""
    # https://dev.mysql.com/doc/refman/9.1/en/truncate-table.html
    if truncate.cascade:
        refuse_command(w, "TRUNCATE … CASCADE", "truncate each table")
    w.text("TRUNCATE TABLE ")
    w.write(truncate.table)


@mysql(LockTable)
def refuse_lock(w: Writer, lock: LockTable) -> None:
    """Refuse it: LOCK TABLES is of the session, and commits the transaction that is in progress."""
    # https://dev.mysql.com/doc/refman/9.1/en/lock-tables.html
    refuse_command(
        w, "lock of tables that lasts for a transaction", "select … with_for_update() locks rows"
    )
