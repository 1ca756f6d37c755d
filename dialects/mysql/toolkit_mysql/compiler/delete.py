"""MySQL's DELETE by several tables.

https://dev.mysql.com/doc/refman/9.0/en/delete.html
"""

from __future__ import annotations

from toolkit_core.compiler.ansi.delete import DeleteTarget
from toolkit_core.compiler.ansi.source_names import source_name
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mysql


@mysql(DeleteTarget)
def write_target(w: Writer, target: DeleteTarget) -> None:
    """Write the name of the table, and USING with all tables."""
    w.safe(source_name(w, target.table))
    w.text(" USING ")
    w.listed((target.table, *target.others))
