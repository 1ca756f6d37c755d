"""The long way of executing a statement that writes rows: with listeners, a log, or options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.context import ExecutionContext
from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.dml_facts import DMLFacts
from toolkit_core.engine.dml_result import dml_result
from toolkit_core.engine.heard import origin_of, run
from toolkit_core.engine.insert_many import insert_many
from toolkit_core.engine.prepare_dml import driver_form, prepared_dml
from toolkit_core.variadic import Unpack

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection


def heard_dml(
    conn: Connection, statement: Any, parameters: Any, options: Mapping[str, Any]
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement that writes rows."""
    cache = options.get("compiled_cache", conn._parts.cache)
    schemas = options.get("schema_translate_map")
    compiled, sets, many = prepared_dml(conn, statement, parameters, cache, schemas)
    origin = origin_of(conn, compiled, options)
    told: list[ExecutionContext] = []

    def send(sql: str, values: Any, *, is_batch: bool = True) -> Any:
        context = ExecutionContext(conn, compiled, statement, values, many, options)
        context.statement, context.is_batch = sql, is_batch
        context.dml = DMLFacts(compiled, sets, many)
        told.append(context)
        run(conn, context, origin)
        return context.cursor

    if many and compiled.is_batched:
        size = options.get("insertmanyvalues_page_size", conn._parts.page_size)
        return insert_many(conn, compiled, sets, send, page_size=size, contexts=told)
    sql, values = driver_form(compiled, sets, many=many)
    cursor = send(sql, values, is_batch=False)
    (context,) = told
    facts = context.dml or DMLFacts(compiled, sets, many)
    return dml_result(conn, compiled, cursor, facts, context)
