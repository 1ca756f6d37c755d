"""A connection: a door to transactions and execution; what they do stands in other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, cast, overload

from toolkit_core.engine import execution_options as options
from toolkit_core.engine import transact
from toolkit_core.engine.execute import execute_driver_sql, execute_statement
from toolkit_core.engine.failure import failed, failed_outside
from toolkit_core.engine.parts import NO_OPTIONS
from toolkit_core.engine.prepare import with_named
from toolkit_core.engine.transaction import (
    NestedTransaction,
    RootTransaction,
    Transaction,
    TwoPhaseTransaction,
)
from toolkit_core.errors import InvalidRequestError, ResourceClosedError
from toolkit_core.events import ConnectionEvents, DialectEvents, Dispatch
from toolkit_core.inspectable import inspected_by
from toolkit_core.lazy_module import lazy_module
from toolkit_core.log_levels import INFO
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from toolkit_core.dialect import Dialect
    from toolkit_core.engine import bulk_load as bulk
    from toolkit_core.engine.cursor_result import CursorResult
    from toolkit_core.engine.engine import Engine
    from toolkit_core.engine.result_filters import ScalarResult
    from toolkit_core.expression.select import Select
    from toolkit_core.pool import PoolProxiedConnection
else:
    bulk = lazy_module("toolkit_core.engine.bulk_load")

T = TypeVar("T")


class Connection:
    """One conversation with the database, from checkout to ``close()``.

    A transaction begins with the first statement and ends with ``commit()`` or
    ``rollback()``; closing without a commit rolls back.

    >>> from toolkit_core.engine import create_engine
    >>> from toolkit_core.expression.text import text
    >>> with create_engine("sqlite://").connect() as connection:
    ...     connection.execute(text("select :n + 1"), {"n": 1}).scalar()
    2
    """

    event_families: ClassVar[tuple[type, ...]] = (ConnectionEvents, DialectEvents)

    # What a connection begins with stands here and costs nothing: most connections are made,
    # execute a statement or two, and go back.
    _transaction: RootTransaction | None = None
    _nested: NestedTransaction | None = None
    # The transaction whose ``with`` block is open.
    _context: Transaction | None = None
    # That transaction has ended before its block.
    _blocked = False
    _callbacks: list[Callable[[], Any]] | None = None
    _savepoints = 0
    _closed = False
    _invalidated = False
    _restore_isolation = False
    # Those of the driver's ``connection_options`` that were set.
    _restore_options: tuple[str, ...] = ()
    _reconnected = False
    # It was made for ``engine.execute()``, and ends with the result.
    _serves_one_result = False
    # An error is being dealt with, or 0 or the number of the thread that is executing.
    _failing = False
    _busy = 0

    def __init__(self, engine: Engine) -> None:
        parts = engine._parts
        self.engine = engine
        self._parts = parts
        self._heard = heard = engine.dispatch
        self._options: Mapping[str, Any] = engine._options
        try:
            self._proxied: PoolProxiedConnection | None = parts.pool.connect(3)
        except parts.error_class as error:
            failed_outside(engine, error)
        # The driver's connection whenever a statement may be sent, else None: one test on the
        # way; the reason is looked for only when it is None.
        self._live: Any = self._proxied.dbapi_connection
        # The pool's record, which notes the last statement for who asks what is going on.
        self._entry: Any = self._proxied.entry
        # Whether there is a log to write, or an option to act on.
        self._echo = bool(parts.log.echo) or parts.log.enabled(INFO)
        self._attentive = self._echo or parts.attentive
        if self._options or heard.active:
            self._introduce()

    # -- executing ----------------------------------------------------------------------

    @overload
    def execute(
        self,
        statement: Select[Unpack[Ts]],
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> CursorResult[Unpack[Ts]]: ...
    @overload
    def execute(
        self,
        statement: Any,
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    def execute(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]:
        """Execute a statement and return its result.

        ``parameters`` is a dictionary, or a list of them to execute the statement with each.
        A string is taken as ``text()``, and parameters may be given by keyword, as programs
        written for older versions do.
        """
        if named:
            parameters = with_named(parameters, named)
        return execute_statement(self, statement, parameters, execution_options or NO_OPTIONS)

    @overload
    def scalar(
        self,
        statement: Select[T, Unpack[tuple[Any, ...]]],
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> T | None: ...
    @overload
    def scalar(
        self,
        statement: Any,
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> Any: ...
    def scalar(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> Any:
        """Execute a statement and return the first column of the first row."""
        return self.execute(
            statement, parameters, execution_options=execution_options, **named
        ).scalar()

    @overload
    def scalars(
        self,
        statement: Select[T, Unpack[tuple[Any, ...]]],
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> ScalarResult[T]: ...
    @overload
    def scalars(
        self,
        statement: Any,
        parameters: Any = ...,
        *,
        execution_options: Mapping[str, Any] | None = ...,
        **named: Any,
    ) -> ScalarResult[Any]: ...
    def scalars(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> ScalarResult[Any]:
        """Execute a statement and return the first column of its rows."""
        return self.execute(
            statement, parameters, execution_options=execution_options, **named
        ).scalars()

    def exec_driver_sql(
        self,
        statement: str,
        parameters: Any = None,
        execution_options: Mapping[str, Any] | None = None,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]:
        """Hand SQL and parameters to the driver as they are, in the driver's own style."""
        return execute_driver_sql(self, statement, parameters, execution_options or NO_OPTIONS)

    def bulk_load(
        self, table: Any, rows: Iterable[Any], columns: Sequence[Any] | None = None
    ) -> int:
        """Load many rows into a table by the fastest way there is, and return how many.

        ``rows`` are mappings, all with the same keys, or sequences in the order of
        ``columns``; an iterator is read as it goes.  Values are treated as an INSERT treats
        them; columns that are not given get the server's defaults, and none of Python's.
        PostgreSQL uses COPY, and the others ``executemany``.
        """
        return bulk.bulk_load(self, table, rows, columns)

    # -- transactions -------------------------------------------------------------------

    def begin(self) -> RootTransaction:
        """Begin a transaction."""
        self._checked_live(beginning="begin()")
        root = RootTransaction(self)
        transact.begin_root(self, root)
        return root

    def begin_nested(self) -> NestedTransaction:
        """Set a savepoint, within a transaction that is begun if there is none."""
        self._ready()
        self._savepoints += 1
        nested = NestedTransaction(self, f"sa_savepoint_{self._savepoints}")
        transact.set_savepoint(self, nested)
        return nested

    def begin_twophase(self, xid: Any = None) -> TwoPhaseTransaction:
        """Begin a transaction that can be prepared before it is committed."""
        options.require(self._parts, "two_phase", "two-phase transactions")
        self._checked_live(beginning="begin_twophase()")
        chosen = self._parts.driver.make_xid() if xid is None else xid
        root = TwoPhaseTransaction(self, chosen)
        transact.begin_twophase(self, root)
        return root

    def recover_twophase(self) -> list[Any]:
        """Return the identifiers of transactions that are prepared and not yet ended."""
        options.require(self._parts, "two_phase", "two-phase transactions")
        found: list[Any] = transact.of_prepared(self, "recover_twophase")
        return found

    def commit_prepared(self, xid: Any, recover: bool = False) -> None:
        """Commit a prepared transaction by its identifier."""
        options.require(self._parts, "two_phase", "two-phase transactions")
        transact.of_prepared(self, "commit_twophase", xid, True)

    def rollback_prepared(self, xid: Any, recover: bool = False) -> None:
        """Roll a prepared transaction back by its identifier."""
        options.require(self._parts, "two_phase", "two-phase transactions")
        transact.of_prepared(self, "rollback_twophase", xid, True)

    def commit(self) -> None:
        """Commit the present transaction; without one this does nothing."""
        if self._transaction is not None:
            self._transaction.commit()

    def rollback(self) -> None:
        """Roll the present transaction back; without one this does nothing."""
        if self._transaction is not None:
            self._transaction.rollback()

    def on_commit(self, callback: Callable[[], Any]) -> None:
        """Call a function once the outermost transaction is committed.

        It is forgotten when the transaction, or the savepoint it was asked for in, is rolled
        back.
        """
        self._ready()
        if self._callbacks is None:
            self._callbacks = []
        self._callbacks.append(callback)

    def in_transaction(self) -> bool:
        """Tell whether a transaction is in progress."""
        return self._transaction is not None and self._transaction.is_active

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is in progress."""
        return self._nested is not None and self._nested.is_active

    def get_transaction(self) -> RootTransaction | None:
        """Return the outermost transaction in progress, if there is one."""
        return self._transaction

    def get_nested_transaction(self) -> NestedTransaction | None:
        """Return the innermost savepoint in progress, if there is one."""
        return self._nested

    # -- the connection itself ----------------------------------------------------------

    @property
    def dialect(self) -> Dialect:
        """The dialect of the engine."""
        return self._parts.dialect

    @property
    def connection(self) -> PoolProxiedConnection:
        """The pooled connection that this one works with."""
        self._ready(begin=False)
        return cast("PoolProxiedConnection", self._proxied)

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary that stays with the driver's connection as long as that lives."""
        return self.connection.info

    @property
    def closed(self) -> bool:
        """Whether ``close()`` was called."""
        return self._closed

    @property
    def invalidated(self) -> bool:
        """Whether the driver's connection was lost or thrown away."""
        return self._invalidated and not self._closed

    @property
    def dispatch(self) -> Dispatch:
        """The listeners to this very connection, and to its engine."""
        if self._heard is self.engine.dispatch:
            self._heard = self._heard.child()
        return self._heard

    def close(self) -> None:
        """Give the connection back; what was not committed is rolled back."""
        if self._busy:
            transact.refuse_other_thread(self)
        transaction, proxied = self._transaction, self._proxied
        was_reset = False
        try:
            if transaction is not None:
                transact.close_root(self, transaction)
                was_reset = not self._invalidated
        finally:
            self._closed = True
            self._live = self._proxied = None
            if proxied is not None:
                if self._restore_isolation or self._restore_options:
                    options.restore(self, proxied, was_reset=was_reset)
                proxied.give_back(transaction_was_reset=was_reset)

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Throw the driver's connection away; the next use, after a rollback, makes another."""
        if self._closed:
            raise _closed()
        if self._invalidated:
            return
        if self._busy:
            transact.refuse_other_thread(self)
        proxied, self._proxied = self._proxied, None
        self._live = None
        self._invalidated = True
        if proxied is not None and proxied.is_valid:
            proxied.invalidate(exception)

    def detach(self) -> None:
        """Take the driver's connection out of its pool: ``close()`` will close it for good."""
        if self._closed:
            raise _closed()
        if self._proxied is None:
            raise InvalidRequestError("Can't detach an invalidated connection")
        self._proxied.detach()

    def cancel(self) -> None:
        """Stop the statement that this connection is running: call it from another thread."""
        options.require(self._parts, "cancel", "cancelling a statement")
        live = self._proxied_connection()
        if live is not None:
            self._parts.driver.cancel(live)

    def execution_options(self, **opt: Any) -> Connection:
        """Set options for what is executed from now on, and return the connection."""
        options.set_options(self, opt)
        return self

    def get_execution_options(self) -> Mapping[str, Any]:
        """Return the options for what is executed."""
        return self._options

    def get_isolation_level(self) -> str:
        """Ask the driver for the connection's present isolation level."""
        return options.get_isolation(self)

    @property
    def default_isolation_level(self) -> str | None:
        """The isolation level that connections have before one is asked for."""
        return self._parts.dialect.default_isolation_level

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def event_dispatches(self) -> list[Dispatch]:
        """Return what hears this connection's events."""
        return [self.dispatch]

    # -- inside -------------------------------------------------------------------------

    def _introduce(self) -> None:
        """Let the engine's options take effect and its listeners look; give back if they fail."""
        try:
            if self._options:
                options.apply_engine_options(self)
            for listener in self._heard.engine_connect:
                listener(self)
        except BaseException:
            self.close()
            raise

    def _ready(self, *, begin: bool = True) -> Any:
        """Return the driver's connection with a transaction begun, or say why not."""
        live = self._live
        if live is None:
            live = self._revive()
        if begin and self._transaction is None:
            transact.begin_root(self, RootTransaction(self))
        return live

    def _revive(self) -> Any:
        if self._closed:
            raise _closed()
        transact.refuse(self)
        try:
            self._proxied = self._parts.pool.connect()
        except self._parts.error_class as error:
            failed_outside(self.engine, error)
        self._invalidated = False
        self._reconnected = True
        self._live = self._proxied.dbapi_connection
        self._entry = self._proxied.entry
        if self._restore_isolation or self._restore_options:
            options.apply_again(self)
        return self._live

    def _checked_live(self, *, beginning: str) -> None:
        if self._transaction is not None:
            raise InvalidRequestError(
                "This connection has already initialized a SQLAlchemy Transaction() object via "
                f"begin() or autobegin; can't call {beginning} here unless rollback() or "
                "commit() is called first."
            )
        self._ready(begin=False)

    def _refuse_thread(self, thread: int) -> NoReturn:
        """Refuse a second thread while one is executing."""
        raise InvalidRequestError(
            f"This Connection is in use by thread {self._busy}; thread {thread} can't use it "
            "at the same time",
            hint="a connection belongs to one thread; engine.connect() opens another",
        )

    def _fetch_failed(self, error: BaseException, cursor: Any, context: Any) -> NoReturn:
        """Deal with an error that came out of the driver while a result was read."""
        sql = None if context is None else context.statement
        parameters = None if context is None else context.parameters
        live = self._proxied_connection()
        if self._reconnected and getattr(cursor, "connection", None) is not live:
            # The result is from a connection that is lost: it says nothing about this one.
            failed_outside(self.engine, error)
        try:
            failed(self, error, sql, parameters, cursor=cursor, context=context)
        finally:
            if self._serves_one_result:
                self.close()

    def _commit_and_close(self) -> None:
        """End what ``engine.execute`` began, unless an error has."""
        try:
            self.commit()
        finally:
            self.close()

    def _proxied_connection(self) -> Any:
        return None if self._proxied is None else self._proxied.dbapi_connection

    def _autocommits(self) -> bool:
        live = self._proxied_connection()
        return live is not None and self._parts.driver.detect_autocommit(live)

    def _write(self, message: str) -> None:
        self._parts.log.write(message, token=self._options.get("logging_token"))

    def _write_if_echo(self, message: str) -> None:
        if self._echo:
            self._write(message)

    def _send_sql(self, sql: str) -> None:
        """Send a statement of toolkit's own, such as a savepoint's."""
        self.exec_driver_sql(sql)


def _closed() -> ResourceClosedError:
    return ResourceClosedError("This Connection is closed", hint="engine.connect() opens another")


inspected_by(Connection, "toolkit_core.inspection.inspector:make_inspector")
