"""What SQLite has no MERGE for."""

from __future__ import annotations

from toolkit_core.compiler.ansi.merge import refuse_merge
from toolkit_core.compiler.select_nodes import Merge
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite


@sqlite(Merge)
def write_no_merge(w: Writer, merge: Merge) -> None:
    """Refuse it: what there is instead is the upsert."""
    # https://sqlite.org/lang_upsert.html
    refuse_merge(w, merge)
