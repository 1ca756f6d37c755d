"""What happens when the driver raises: find out what it means, tell, clean up, wrap, raise."""

from __future__ import annotations

from contextlib import suppress

from toolkit_core.errors import (
    DBAPIError,
    DontWrapMixin,
    ErrorFacts,
    SQLAlchemyError,
    StatementError,
    dbapi_error,
)
from toolkit_core.errors.facts import NOTHING_KNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.engine import Engine
    from toolkit_core.engine.parts import EngineParts


class ExceptionContext:
    """What a ``handle_error`` listener is given.

    ``is_disconnect`` and ``invalidate_pool_on_disconnect`` may be changed by the listener;
    the exception that it returns or raises is raised in place of the wrapped one.
    """

    __slots__ = (
        "chained_exception",
        "connection",
        "cursor",
        "dialect",
        "engine",
        "execution_context",
        "invalidate_pool_on_disconnect",
        "is_disconnect",
        "is_pre_ping",
        "original_exception",
        "parameters",
        "sqlalchemy_exception",
        "statement",
    )

    def __init__(self, parts: EngineParts, original: BaseException) -> None:
        self.original_exception = original
        self.dialect = parts.dialect
        self.connection: Connection | None = None
        self.engine: Engine | None = None
        self.cursor: Any = None
        self.statement: str | None = None
        self.parameters: Any = None
        self.sqlalchemy_exception: StatementError | None = None
        self.chained_exception: BaseException | None = None
        self.execution_context: Any = None
        self.is_disconnect = False
        self.is_pre_ping = False
        self.invalidate_pool_on_disconnect = True


def failed(
    conn: Connection,
    error: BaseException,
    sql: str | None = None,
    parameters: Any = None,
    *,
    cursor: Any = None,
    many: bool = False,
    context: Any = None,
    unusable: bool = False,
) -> NoReturn:
    """Deal with an error that came out of the driver, and raise what the user shall see.

    ``unusable`` says that the connection cannot be used after this error, whatever it means.
    """
    if conn._failing:
        # Cleaning up after one error met another one: the first is the one to see.
        raise error
    conn._failing = True
    try:
        told = _told(conn, error, sql, parameters, cursor, many, context, unusable)
        seen = _deal_with(conn, told)
    finally:
        conn._failing = False
    if seen is error:
        raise error
    raise seen from error


def _deal_with(conn: Connection, told: ExceptionContext) -> BaseException:
    error = told.original_exception
    seen: BaseException = told.sqlalchemy_exception or error
    try:
        if conn._heard.active and not isinstance(error, DontWrapMixin):
            seen = ask_listeners(conn._heard, told, seen)
    finally:
        if isinstance(told.sqlalchemy_exception, DBAPIError):
            told.sqlalchemy_exception.connection_invalidated = told.is_disconnect
        _clean_up(conn, told)
    return seen


def _told(
    conn: Connection,
    error: BaseException,
    sql: str | None,
    parameters: Any,
    cursor: Any,
    many: bool,
    context: Any,
    unusable: bool,
) -> ExceptionContext:
    """Find out all there is to know of the error."""
    parts = conn._parts
    told = ExceptionContext(parts, error)
    told.connection, told.engine = conn, conn.engine
    told.cursor, told.statement, told.parameters = cursor, sql, parameters
    told.execution_context = context
    facts = error_facts(parts, error, conn._proxied_connection())
    if facts.cancelled and context is not None and context.timed_out():
        facts = facts.but(timeout=True, cancelled=False)
    # An interrupted statement leaves the conversation with the server at an unknown point.
    interrupted = not isinstance(error, Exception)
    unusable = (unusable or interrupted) and not conn.closed
    told.is_disconnect = facts.disconnect or unusable
    # What ended only this conversation says nothing about the others.
    told.invalidate_pool_on_disconnect = facts.disconnect or not unusable
    told.sqlalchemy_exception = wrapped(parts, error, facts, sql, parameters, many=many)
    return told


def invalid_statement(conn: Connection, error: StatementError) -> NoReturn:
    """Let listeners see an error that was found before anything was sent, and raise it."""
    told = ExceptionContext(conn._parts, error.orig or error)
    told.connection, told.engine = conn, conn.engine
    told.statement, told.parameters = error.statement, error.params
    told.sqlalchemy_exception = error
    seen = ask_listeners(conn._heard, told, error)
    if seen is error:
        raise error
    raise seen from error.orig


def failed_outside(engine: Engine, error: BaseException) -> NoReturn:
    """Raise what the user shall see of an error that concerns no ``Connection`` there is.

    It was met while connecting, by what listeners of the pool send before a connection is
    handed out, or in a result that is left over from one that was lost.
    """
    told, seen = seen_without_connection(engine, error, None)
    if isinstance(told.sqlalchemy_exception, DBAPIError):
        told.sqlalchemy_exception.connection_invalidated = told.is_disconnect
    if seen is error:
        raise error
    raise seen from error


def error_facts(parts: EngineParts, error: BaseException, dbapi: Any) -> ErrorFacts:
    """Ask plugins, then the driver, what an error means."""
    if not isinstance(error, parts.error_class):
        return NOTHING_KNOWN
    said = parts.hooks.call("toolkit_classify_error", dialect=parts.dialect, error=error)
    if isinstance(said, ErrorFacts):
        return said
    return parts.driver.classify(error, dbapi)


def seen_without_connection(
    engine: Engine, error: BaseException, dbapi: Any, *, is_pre_ping: bool = False
) -> tuple[ExceptionContext, BaseException]:
    """Say what the user shall see of an error that met no ``Connection``, only the pool."""
    parts = engine._parts
    facts = error_facts(parts, error, dbapi)
    told = ExceptionContext(parts, error)
    told.engine = engine
    told.is_pre_ping = is_pre_ping
    told.is_disconnect = facts.disconnect
    told.sqlalchemy_exception = wrapped(parts, error, facts, None, None)
    seen: BaseException = told.sqlalchemy_exception or error
    if not isinstance(error, DontWrapMixin):
        seen = ask_listeners(engine.dispatch, told, seen)
    return told, seen


def wrapped(
    parts: EngineParts,
    error: BaseException,
    facts: ErrorFacts,
    sql: str | None,
    parameters: Any,
    *,
    many: bool = False,
) -> StatementError | None:
    """Wrap an error of the driver; any other is the user's to see as it is."""
    if isinstance(error, (SQLAlchemyError, DontWrapMixin)):
        return None
    if not isinstance(error, parts.error_class):
        return None
    return dbapi_error(
        error,
        sql,
        parameters,
        facts=facts,
        hide_parameters=parts.hide_parameters,
        connection_invalidated=facts.disconnect,
        ismulti=many,
    )


def ask_listeners(dispatch: Any, told: ExceptionContext, seen: BaseException) -> BaseException:
    """Let each listener look, replace the exception, or correct what it means."""
    for heard in dispatch.handle_error:
        try:
            instead = heard(told)
        except Exception as raised:  # noqa: BLE001 - raising is how a listener replaces it
            return raised
        if instead is not None:
            seen = told.chained_exception = instead
    return seen


def _clean_up(conn: Connection, told: ExceptionContext) -> None:
    if told.is_disconnect:
        lost = conn._proxied_connection()
        if lost is not None:
            if told.invalidate_pool_on_disconnect:
                conn._parts.pool.invalidate_older_than_now()
            conn.invalidate(told.original_exception)
        return
    if told.cursor is not None:
        # The first error is the one to tell.
        with suppress(Exception):
            told.cursor.close()
