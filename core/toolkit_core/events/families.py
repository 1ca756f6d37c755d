"""The events there are: each a method whose signature is what a listener receives.

These classes are documentation that the registry reads; nothing of theirs is ever called.
The schema's and the mapper's events stand with what they happen to.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import FunctionType

from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, TypeAlias

Listener: TypeAlias = "Callable[..., Any]"


class PoolResetState(Record):
    """Why a connection is being reset: ``terminate_only`` means it will be thrown away."""

    transaction_was_reset: bool
    terminate_only: bool
    asyncio_safe: bool


class Events:
    """The base of all families: a family is a class whose public methods are its events."""

    # Events whose return value replaces something, if ``retval=True`` asks for it.
    returning: ClassVar[frozenset[str]] = frozenset()
    # What ``listen()`` may be told for these events beside the options that all events know.
    options: ClassVar[frozenset[str]] = frozenset()
    # Event → the arguments that it had before a version, and that version.
    formerly: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}

    @classmethod
    @functools.cache
    def events(cls) -> frozenset[str]:
        """Return the names of the family's events."""
        return frozenset(
            name
            for parent in cls.__mro__
            if parent is not Events and parent is not object
            for name, member in vars(parent).items()
            if not name.startswith("_") and isinstance(member, FunctionType)
        )

    @classmethod
    @functools.cache
    def argument_names(cls, event: str) -> tuple[str, ...]:
        """Return the names of what a listener of the event receives."""
        code = getattr(cls, event).__code__
        names: tuple[str, ...] = code.co_varnames[1 : code.co_argcount]
        return names

    @classmethod
    def adapted(cls, event: str, called: Listener, options: Mapping[str, Any]) -> Listener:
        """Return a listener as the options that only this family knows want it called."""
        return called

    @classmethod
    def without_return(cls, event: str, fn: Listener) -> Listener:
        """Wrap a listener whose return value must not count."""
        same = cls._unchanged(event)

        @functools.wraps(fn)
        def call(*values: Any, **more: Any) -> Any:
            fn(*values, **more)
            return same(values)

        return call

    @classmethod
    def _unchanged(cls, event: str) -> Callable[[tuple[Any, ...]], Any]:
        """Return what picks, from the arguments, the value that the event may replace."""
        return lambda values: None


class ConnectionEvents(Events):
    """What happens on a connection: listen to an ``Engine``, a ``Connection``, or the class."""

    returning = frozenset({"before_execute", "before_cursor_execute"})
    formerly: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {
        "before_execute": ("1.4", ("conn", "clauseelement", "multiparams", "params")),
        "after_execute": ("1.4", ("conn", "clauseelement", "multiparams", "params", "result")),
        "engine_connect": ("2.0", ("conn", "branch")),
    }

    @classmethod
    def _unchanged(cls, event: str) -> Callable[[tuple[Any, ...]], Any]:
        if event == "before_execute":
            return lambda values: values[1:4]
        return lambda values: values[2:4]

    def before_execute(
        self, conn: Any, clauseelement: Any, multiparams: Any, params: Any, execution_options: Any
    ) -> Any:
        """A statement is about to be compiled; ``retval`` returns the three in the middle."""

    def after_execute(
        self,
        conn: Any,
        clauseelement: Any,
        multiparams: Any,
        params: Any,
        execution_options: Any,
        result: Any,
    ) -> None:
        """A statement was executed."""

    def before_cursor_execute(
        self,
        conn: Any,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> Any:
        """SQL is about to be sent; ``retval`` returns the SQL and the parameters to send."""

    def after_cursor_execute(
        self,
        conn: Any,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> None:
        """SQL was sent and has succeeded."""

    def begin(self, conn: Any) -> None:
        """A transaction begins."""

    def commit(self, conn: Any) -> None:
        """A transaction is about to be committed."""

    def rollback(self, conn: Any) -> None:
        """A transaction is about to be rolled back."""

    def savepoint(self, conn: Any, name: str) -> None:
        """A savepoint is about to be set."""

    def rollback_savepoint(self, conn: Any, name: str, context: Any) -> None:
        """A savepoint is about to be rolled back to."""

    def release_savepoint(self, conn: Any, name: str, context: Any) -> None:
        """A savepoint is about to be released."""

    def begin_twophase(self, conn: Any, xid: Any) -> None:
        """A two-phase transaction begins."""

    def prepare_twophase(self, conn: Any, xid: Any) -> None:
        """A two-phase transaction is about to be prepared."""

    def commit_twophase(self, conn: Any, xid: Any, is_prepared: bool) -> None:
        """A two-phase transaction is about to be committed."""

    def rollback_twophase(self, conn: Any, xid: Any, is_prepared: bool) -> None:
        """A two-phase transaction is about to be rolled back."""

    def engine_connect(self, conn: Any) -> None:
        """A ``Connection`` was made."""

    def engine_disposed(self, engine: Any) -> None:
        """``Engine.dispose()`` was called."""

    def set_connection_execution_options(self, conn: Any, opts: Any) -> None:
        """Execution options are about to be set on a connection; ``opts`` may be changed."""

    def set_engine_execution_options(self, engine: Any, opts: Any) -> None:
        """Execution options are about to be set on an engine; ``opts`` may be changed."""


class DialectEvents(Events):
    """What passes between engine and driver: listen to an ``Engine`` or the class."""

    def do_connect(self, dialect: Any, conn_rec: Any, cargs: Any, cparams: Any) -> Any:
        """A connection is to be made: change the arguments, or return a connection."""

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any) -> Any:
        """``cursor.execute`` is to be called: return True to have done it oneself."""

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any) -> Any:
        """``cursor.executemany`` is to be called: return True to have done it oneself."""

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any) -> Any:
        """``cursor.execute`` without parameters is to be called: True to have done it."""

    def do_setinputsizes(
        self, inputsizes: Any, cursor: Any, statement: str, parameters: Any, context: Any
    ) -> None:
        """Before each statement of a driver that wants ``setinputsizes``.

        ``inputsizes`` has the parameters, each with the driver's type or None: a listener
        may change it.
        """

    def handle_error(self, exception_context: Any) -> Any:
        """An error came from the driver: return or raise another, or correct what it means."""


class PoolEvents(Events):
    """What happens to pooled connections: listen to a ``Pool``, an ``Engine``, or the class."""

    formerly: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {
        "reset": ("2.0", ("dbapi_connection", "connection_record")),
    }

    def connect(self, dbapi_connection: Any, connection_record: Any) -> None:
        """The driver has made a connection."""

    def first_connect(self, dbapi_connection: Any, connection_record: Any) -> None:
        """The driver has made this pool's first connection."""

    def checkout(
        self, dbapi_connection: Any, connection_record: Any, connection_proxy: Any
    ) -> None:
        """A connection leaves the pool; raising ``DisconnectionError`` makes it try another."""

    def checkin(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A connection returns; ``dbapi_connection`` is None if it was invalidated."""

    def reset(self, dbapi_connection: Any, connection_record: Any, reset_state: Any) -> None:
        """A connection is about to be reset before it returns."""

    def invalidate(self, dbapi_connection: Any, connection_record: Any, exception: Any) -> None:
        """A connection is about to be thrown away because it does not work."""

    def soft_invalidate(
        self, dbapi_connection: Any, connection_record: Any, exception: Any
    ) -> None:
        """A connection is marked to be replaced when it is next checked out."""

    def close(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A connection is about to be closed."""

    def detach(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A connection is taken out of the pool for good."""

    def close_detached(self, dbapi_connection: Any) -> None:
        """A detached connection is about to be closed."""
