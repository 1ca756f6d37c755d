"""The long way of executing: with listeners, a log, or options that change how it is done."""

from __future__ import annotations

from _thread import get_ident
from collections.abc import Mapping, Sequence
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.engine.context import ExecutionContext
from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.execution_options import of_statement, require
from toolkit_core.engine.failure import failed, invalid_statement
from toolkit_core.engine.fetch import Buffer
from toolkit_core.engine.log import origin_text
from toolkit_core.engine.logged_cursor import LoggedCursor
from toolkit_core.engine.prepare import bound_values, compiled_text, executable
from toolkit_core.engine.streamed import is_query
from toolkit_core.errors import DBAPIError, StatementError
from toolkit_core.expression.text import TextClause
from toolkit_core.lazy_module import lazy_module
from toolkit_core.variadic import Unpack

if TYPE_CHECKING:
    from toolkit_core.engine import heard_dml, prepare_node
    from toolkit_core.engine.connection import Connection
    from toolkit_core.expression.node import Node
else:
    heard_dml = lazy_module("toolkit_core.engine.heard_dml")
    prepare_node = lazy_module("toolkit_core.engine.prepare_node")


def execute_statement(
    conn: Connection,
    statement: TextClause | Node,
    parameters: Any,
    given: Mapping[str, Any],
    maker: Any = None,
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Execute a statement with everything that somebody may have asked for."""
    options: Mapping[str, Any] = {
        **conn._options,
        **of_statement(statement._execution_options, given),
    }
    for listener in conn._heard.before_execute:
        multi, single = _as_multiparams(parameters)
        changed = listener(conn, statement, multi, single, options)
        if changed is not None:
            statement, multi, single = changed
            statement = executable(statement)
            parameters = multi or single or None
    try:
        result = _executed(conn, statement, parameters, options, maker)
    except StatementError as error:
        if isinstance(error, DBAPIError):  # its listeners have seen it
            raise
        error.hide_parameters = conn._parts.hide_parameters
        invalid_statement(conn, error)
    for listener in conn._heard.after_execute:
        multi, single = _as_multiparams(parameters)
        listener(conn, statement, multi, single, options, result)
    return result


def _executed(
    conn: Connection,
    statement: TextClause | Node,
    parameters: Any,
    options: Mapping[str, Any],
    maker: Any,
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    if statement.is_dml:
        return heard_dml.heard_dml(conn, statement, parameters, options)
    compiled, values, many = _prepared(conn, statement, parameters, options, maker)
    origin = origin_of(conn, compiled, options)
    return execute_compiled(conn, compiled, statement, values, many, options, origin)


def origin_of(conn: Connection, compiled: Compiled, options: Mapping[str, Any]) -> str:
    """Tell the log whether the SQL was written now or found in the cache; count its use."""
    compiled.uses += 1
    cache = conn._parts.cache
    if options.get("compiled_cache", cache) is None or not cache.size:
        return f"caching disabled {compiled.made_in:.5f}s"
    return origin_text(compiled, perf_counter())


def execute_compiled(
    conn: Connection,
    compiled: Compiled,
    statement: Any,
    values: Any,
    many: bool,
    options: Mapping[str, Any],
    origin: str,
) -> CursorResult[Unpack[tuple[Any, ...]]]:
    """Send compiled SQL, telling listeners and the log, and doing as the options say."""
    if isinstance(statement, str):
        options = {**conn._options, **of_statement(options)}
    context = ExecutionContext(conn, compiled, statement, values, many, options)
    run(conn, context, origin)
    return _result(conn, context)


def run(conn: Connection, context: ExecutionContext, origin: str) -> None:
    """Send what a context has, telling listeners and the log, and put the cursor into it."""
    many = context.executemany
    thread = get_ident()
    if conn._busy and conn._busy != thread:
        conn._refuse_thread(thread)
    conn._busy = thread
    try:
        live = conn._ready()
        conn._entry.last_statement = context.statement
        try:
            context.cursor = _cursor(conn, live, context)
            if conn._parts.driver.wants_input_sizes:
                _set_input_sizes(conn, context)
            _tell_before(conn, context)
            if conn._echo:
                _log(conn, context, origin)
            _run(conn, live, context)
            for listener in conn._heard.after_cursor_execute:
                listener(conn, context.cursor, context.statement, context.parameters, context, many)
        except BaseException as error:  # noqa: BLE001 - failed() raises
            failed(
                conn,
                error,
                context.statement,
                context.parameters,
                cursor=context.cursor,
                many=many,
                context=context,
            )
    finally:
        conn._busy = 0


def _result(conn: Connection, context: ExecutionContext) -> CursorResult[Unpack[tuple[Any, ...]]]:
    cursor = context.cursor
    log = conn._parts.log
    source = None
    options = context.execution_options
    if cursor.description is not None:
        if conn._echo and log.wants_rows:
            cursor = LoggedCursor(cursor, log, options.get("logging_token"))
        if options.get("stream_results"):
            source = Buffer(cursor, limit=options.get("max_row_buffer", Buffer.LIMIT))
    result: CursorResult[Unpack[tuple[Any, ...]]] = CursorResult(
        conn, cursor, context.compiled.shapes, context=context, source=source
    )
    size = options.get("yield_per")
    return result if size is None else result.yield_per(size)


def _prepared(
    conn: Connection,
    statement: TextClause | Node,
    parameters: Any,
    options: Mapping[str, Any],
    maker: Any,
) -> tuple[Compiled, Any, bool]:
    parts = conn._parts
    cache = options.get("compiled_cache", parts.cache)
    if isinstance(statement, TextClause) and not statement.is_typed:
        compiled = compiled_text(parts, statement, cache)
        values, many = bound_values(compiled, statement, parameters)
        return compiled, values, many
    schemas = options.get("schema_translate_map")
    return prepare_node.prepared_node(parts, statement, parameters, cache, schemas, maker)


def _cursor(conn: Connection, live: Any, context: ExecutionContext) -> Any:
    driver, options = conn._parts.driver, context.execution_options
    wanted = options.get("stream_results") or options.get("yield_per")
    if wanted and not context.executemany and is_query(context.statement):
        return driver.server_side_cursor(live)
    return driver.cursor(live)


def _set_input_sizes(conn: Connection, context: ExecutionContext) -> None:
    """Tell the cursor the types of values, as far as anybody knows them."""
    sizes: dict[Any, Any] = dict.fromkeys(context.compiled.names)
    for listener in conn._heard.do_setinputsizes:
        listener(sizes, context.cursor, context.statement, context.parameters, context)
    if any(size is not None for size in sizes.values()):
        conn._parts.driver.set_input_sizes(context.cursor, sizes, context.executemany)


def _tell_before(conn: Connection, context: ExecutionContext) -> None:
    for listener in conn._heard.before_cursor_execute:
        changed = listener(
            conn,
            context.cursor,
            context.statement,
            context.parameters,
            context,
            context.executemany,
        )
        if changed is not None:
            context.statement, context.parameters = changed


def _run(conn: Connection, live: Any, context: ExecutionContext) -> None:
    seconds = context.execution_options.get("timeout")
    if seconds is None:
        _run_untimed(conn, context)
        return
    require(conn._parts, "statement_timeout", "a timeout of statements")
    driver = conn._parts.driver
    context.deadline = monotonic() + seconds
    with driver.time_limit(live, seconds, context.statement):
        _run_untimed(conn, context)


def _run_untimed(conn: Connection, context: ExecutionContext) -> None:
    cursor, sql, values = context.cursor, context.statement, context.parameters
    if context.executemany and not context.is_batch:
        if not any(f(cursor, sql, values, context) for f in conn._heard.do_executemany):
            conn._parts.driver.executemany(cursor, sql, values)
    elif not values and context.execution_options.get("no_parameters"):
        if not any(f(cursor, sql, context) for f in conn._heard.do_execute_no_params):
            cursor.execute(sql)
    elif not any(f(cursor, sql, values, context) for f in conn._heard.do_execute):
        cursor.execute(sql, values)


def _log(conn: Connection, context: ExecutionContext, origin: str) -> None:
    conn._parts.log.statement(
        context.statement,
        context.parameters,
        origin,
        many=context.executemany,
        token=context.execution_options.get("logging_token"),
    )


def _as_multiparams(parameters: Any) -> tuple[Any, Any]:
    """Split parameters the way listeners receive them: a list of sets, or one set."""
    if not parameters:
        return (), {}
    if isinstance(parameters, Mapping):
        return [], parameters
    if isinstance(parameters, Sequence) and len(parameters) == 1:
        return [], parameters[0]
    return parameters, {}
