"""The result of an INSERT, UPDATE or DELETE that was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.fetch import Rows
from toolkit_core.variadic import Unpack

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.dml_facts import DMLFacts

DMLResult = CursorResult[Unpack[tuple[Any, ...]]]


def dml_result(
    conn: Connection, compiled: CompiledDML, cursor: Any, facts: DMLFacts, context: Any = None
) -> DMLResult:
    """Return the result; ``context`` has the facts where somebody listens."""
    if compiled.is_insert and not facts.executemany:
        # Read now: what closes the cursor may lose it.
        facts.lastrowid = conn._parts.driver.last_inserted_id(cursor)
    told = facts if context is None else context
    if not compiled.result:
        return CursorResult(conn, cursor, compiled.shapes, context=told)
    # Read now: until its rows are read, SQLite has not ended the statement, and does not
    # count them.  https://sqlite.org/lang_returning.html
    try:
        raw = cursor.fetchall()
    except conn._parts.error_class as error:
        conn._fetch_failed(error, cursor, told)
    return rows_result(conn, compiled, cursor, raw, facts, told)


def rows_result(
    conn: Connection, compiled: CompiledDML, cursor: Any, raw: list[Any], facts: DMLFacts, told: Any
) -> DMLResult:
    """Return the result of a statement whose rows were read."""
    facts.rowcount = len(raw)
    if compiled.shows_defaults:
        facts.fetched_rows = raw
    if compiled.returns:
        return CursorResult(conn, cursor, compiled.shapes, context=told, source=Rows(raw))
    facts.fetched_rows = raw
    return CursorResult(conn, cursor, compiled.shapes, context=told, source=Rows([]))
