"""MySQL's DELETE by several tables.

https://dev.mysql.com/doc/refman/9.0/en/delete.html
"""

from __future__ import annotations

from toolkit_core.compiler.ansi.delete import DeleteTarget, write_delete_looked_up
from toolkit_core.compiler.ansi.delete import write_delete as write_plainly
from toolkit_core.compiler.ansi.source_names import source_name
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.statements import Delete
from toolkit_mysql.compiler.given_rows import write_looked_up
from toolkit_mysql.compiler.table import mysql


@mysql(Delete)
def write_delete(w: Writer, delete: Delete) -> None:
    """Write a DELETE; rows whose order matters are looked up in the table."""
    if delete.by_rows is not None and delete.by_rows.in_order:
        write_delete_looked_up(w, delete)
    else:
        write_plainly(w, delete)


@mysql(DeleteTarget)
def write_target(w: Writer, target: DeleteTarget) -> None:
    """Write the name of the table, and USING with all tables."""
    w.safe(source_name(w, target.table))
    w.text(" USING ")
    if not write_looked_up(w, target.table, target.others):
        w.listed((target.table, *target.others))
