"""Executing: take the compiled statement, fill in the values, send, hand over the result."""

from __future__ import annotations

from _thread import get_ident
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.failure import failed
from toolkit_core.engine.prepare import bound_values, compiled_text, driver_values, executable
from toolkit_core.engine.row_shape import Shapes
from toolkit_core.errors import ArgumentError, StatementError
from toolkit_core.expression.text import TextClause
from toolkit_core.lazy_module import lazy_module
from toolkit_core.variadic import Unpack

if TYPE_CHECKING:
    from toolkit_core.engine import execute_node, heard
    from toolkit_core.engine.connection import Connection
    from toolkit_core.expression.node import Node
else:
    # Whoever sends text only needs no compiler of expressions.
    execute_node = lazy_module("toolkit_core.engine.execute_node")
    heard = lazy_module("toolkit_core.engine.heard")

# The driver's SQL is not compiled, so its shapes are kept together; they are few and small.
_DRIVER_SHAPES = Shapes()


# Looked up once, and not at each statement.
Way = Callable[..., CursorResult[Unpack[tuple[Any, ...]]]]
_node_way: list[Way] = []


def _first_node_way() -> Way:
    _node_way[:] = [execute_node.execute_node]
    return _node_way[0]


def execute_statement(
    conn: Connection,
    statement: Any,
    parameters: Any,
    options: Mapping[str, Any],
    maker: Any = None,
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement on a connection; ``maker`` writes it, where its rows are to be more."""
    if statement.__class__ is not TextClause and not getattr(statement, "is_dml", False):
        statement = executable(statement)
    if conn._attentive or conn._heard.active or options or statement._execution_options:
        return heard.execute_statement(conn, statement, parameters, options, maker)
    try:
        return _executed(conn, statement, parameters, maker)
    except StatementError as error:
        # What was refused before it was sent is told by who knows nothing of this option.
        if conn._parts.hide_parameters:
            error.hide_parameters = True
        raise


def _executed(
    conn: Connection, statement: TextClause | Node, parameters: Any, maker: Any
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement with nobody listening."""
    parts = conn._parts
    cache = parts.cache
    if not isinstance(statement, TextClause) or statement.is_typed:
        way: Way = _node_way[0] if _node_way else _first_node_way()
        return way(conn, statement, parameters, maker)
    compiled = cache.get(statement.text)
    if compiled is None:
        compiled = compiled_text(parts, statement, cache)
    # The short way: no value at all, or one set of them and nothing to merge.
    if not compiled.names and parameters is None:
        return send(conn, compiled, compiled.no_values, many=False)
    if parameters.__class__ is dict and not statement.values:
        try:
            values = compiled.gather(parameters)
        except KeyError:
            values = compiled.values(parameters)
        return send(conn, compiled, values, many=False)
    values, many = bound_values(compiled, statement, parameters)
    return send(conn, compiled, values, many)


def send(
    conn: Connection, compiled: Compiled, values: Any, many: bool
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Send a compiled statement, with nobody listening, and return its result."""
    return CursorResult(conn, sent(conn, compiled.sql, values, many), compiled.shapes)


def sent(conn: Connection, sql: str, values: Any, many: bool) -> Any:
    """Send SQL, with nobody listening, and return the cursor."""
    thread = get_ident()
    if conn._busy and conn._busy != thread:
        conn._refuse_thread(thread)
    conn._busy = thread
    cursor = None
    try:
        live = conn._live
        if live is None or conn._transaction is None:
            live = conn._ready()
        conn._entry.last_statement = sql
        try:
            cursor = live.cursor()
            if many:
                conn._parts.driver.executemany(cursor, sql, values)
            else:
                cursor.execute(sql, values)
        except BaseException as error:  # noqa: BLE001 - failed() raises
            failed(conn, error, sql, values, cursor=cursor, many=many)
    finally:
        conn._busy = 0
    return cursor


def execute_driver_sql(
    conn: Connection, sql: str, parameters: Any, options: Mapping[str, Any]
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Hand SQL to the driver as it is."""
    if not isinstance(sql, str):
        raise ArgumentError(
            f"exec_driver_sql() takes a string, not {type(sql).__name__}",
            hint="execute() takes text() and other statements",
        )
    values, many = driver_values(parameters, positional=conn._parts.paramstyle.positional)
    compiled = Compiled(sql, (), positional=True)
    compiled.shapes = _DRIVER_SHAPES
    if options or conn._attentive or conn._heard.active:
        return heard.execute_compiled(conn, compiled, sql, values, many, options, "raw sql")
    return send(conn, compiled, values, many)
