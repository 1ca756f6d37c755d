"""Executing a statement made of nodes, with nobody listening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.dml_facts import DMLFacts
from toolkit_core.engine.dml_quick import quick_result, quick_values
from toolkit_core.engine.dml_result import dml_result
from toolkit_core.engine.execute import send, sent
from toolkit_core.engine.insert_many import insert_many
from toolkit_core.engine.prepare_dml import driver_form, prepared_dml
from toolkit_core.engine.prepare_node import prepared_node
from toolkit_core.variadic import Unpack

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection
    from toolkit_core.expression.dml import DML
    from toolkit_core.expression.node import Node


def execute_node(
    conn: Connection, statement: Node, parameters: Any, maker: Any = None
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement made of nodes."""
    parts = conn._parts
    cache = parts.cache
    if not statement.is_dml:
        return send(conn, *prepared_node(parts, statement, parameters, cache, None, maker))
    dml: Any = statement
    quick = quick_values(dml, parameters, cache)
    if quick is None:
        return execute_dml(conn, dml, parameters, cache)
    compiled, row = quick
    try:
        values = compiled.gather(row)
    except Exception:  # noqa: BLE001 - raised as what it means
        values = compiled.values(row)
    return quick_result(conn, compiled, sent(conn, compiled.sql, values, False), row)


def execute_dml(
    conn: Connection, statement: DML, parameters: Any, cache: Any
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement that writes rows."""
    compiled, sets, many = prepared_dml(conn, statement, parameters, cache)
    if many and compiled.is_batched:
        return insert_many(
            conn,
            compiled,
            sets,
            lambda sql, values: sent(conn, sql, values, False),
            page_size=conn._parts.page_size,
        )
    sql, values = driver_form(compiled, sets, many=many)
    facts = DMLFacts(compiled, sets, many)
    cursor = sent(conn, sql, values, many)
    return dml_result(conn, compiled, cursor, facts)
