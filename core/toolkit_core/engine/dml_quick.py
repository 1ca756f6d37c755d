"""The short way of an INSERT of one row of plain values, which programs execute by the thousand.

Nothing here means anything else than ``prepared_dml`` and ``dml_result`` do; what does not go
this way goes theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.dml_facts import DMLFacts
from toolkit_core.engine.fetch import NO_ROWS

if TYPE_CHECKING:
    from toolkit_core.compiler.dml import CompiledDML
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.dml_result import DMLResult
    from toolkit_core.expression.dml import DML

_new = object.__new__


def quick_values(statement: DML, parameters: Any, cache: Any) -> tuple[CompiledDML, Any] | None:
    """Return the compiled statement and its one row; None if there is more to it."""
    if cache is None:
        return None
    structure = statement._key or statement._make_key()
    leaves: Any = statement._leaves
    if parameters is None:
        if len(leaves) != 1:
            return None
        compiled = cache.get(structure)
        if compiled is None or not compiled.is_plain or not compiled.row_places:
            return None
        return compiled, leaves[0].row
    if parameters.__class__ is dict and not leaves:
        compiled = cache.get((structure, tuple(parameters)))
        return None if compiled is None or not compiled.is_plain else (compiled, parameters)
    return None


def quick_result(conn: Connection, compiled: CompiledDML, cursor: Any, row: Any) -> DMLResult:
    """Return the result of an INSERT that returns no rows."""
    facts: Any = _new(DMLFacts)
    facts.compiled = compiled
    facts.sets = (row,)
    facts.executemany = False
    facts.lastrowid = conn._parts.driver.last_inserted_id(cursor)
    if cursor.description is not None:
        return CursorResult(conn, cursor, compiled.shapes, context=facts)
    # What its constructor makes of a statement without rows, in fewer steps.
    result: Any = _new(CursorResult)
    result.connection = conn
    result.context = facts
    result._raw = cursor
    result._shapes = compiled.shapes
    result._description = result._shape_of = result._reader = result._unique = None
    result._yield_per = result._on_end = None
    result._rowcount = cursor.rowcount
    result._source = NO_ROWS
    try:
        cursor.close()
    except Exception:  # noqa: BLE001 - the row is written; Result says so, too
        result._source = cursor
        result._end(NO_ROWS)
    return result  # type: ignore[no-any-return]
