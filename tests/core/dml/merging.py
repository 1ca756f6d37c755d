"""PostgreSQL's rules as they would be if it had MERGE and no ON CONFLICT."""

from __future__ import annotations

from toolkit_core.compiler.ansi.insert import write_insert
from toolkit_core.compiler.ansi.merge import write_upsert_as_merge
from toolkit_core.compiler.rules import Rules
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.insert import Insert
from toolkit_postgresql.compiler import postgresql

merging = Rules("merging", postgresql)


@merging(Insert)
def write_merging(w: Writer, insert: Insert) -> None:
    """Write an upsert as a MERGE."""
    if insert.conflicts:
        write_upsert_as_merge(w, insert, keeps_keys=True)
    else:
        write_insert(w, insert)
