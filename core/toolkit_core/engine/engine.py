"""An engine: a URL, a dialect and a pool; it makes connections and is cheap until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from toolkit_core.engine.execution_options import check_options
from toolkit_core.engine.parts import NO_OPTIONS, EngineParts
from toolkit_core.errors import DBAPIError
from toolkit_core.events import ConnectionEvents, DialectEvents, Dispatch
from toolkit_core.immutabledict import immutabledict
from toolkit_core.inspectable import inspected_by
from toolkit_core.lazy_module import lazy_module
from toolkit_core.pool import Pool, PoolProxiedConnection

TYPE_CHECKING = False
if TYPE_CHECKING:
    import random
    from typing import Any, ClassVar, TypeVar

    from toolkit_core.dialect import Dialect
    from toolkit_core.engine import connection
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.cursor_result import CursorResult
    from toolkit_core.url import URL
    from toolkit_core.variadic import Unpack

    T = TypeVar("T")
else:
    connection = lazy_module("toolkit_core.engine.connection")
    random = lazy_module("random")


def _first_connection(engine: Engine) -> Connection:
    """Connect, and spare all further connections the way around.

    What executes statements and reads rows is the larger part of the room: it is imported when
    there is something to execute.
    """
    Engine._connection_class = connection.Connection
    return connection.Connection(engine)


class Engine:
    """Where connections come from.

    >>> from toolkit_core.engine import create_engine
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     connection.execute("select 40 + 2").scalar()
    42
    """

    event_families: ClassVar[tuple[type, ...]] = (ConnectionEvents, DialectEvents)
    # A function at first, the class then: both make a connection of an engine.
    _connection_class: ClassVar[Any] = staticmethod(_first_connection)

    def __init__(
        self,
        parts: EngineParts,
        *,
        options: Mapping[str, Any] = NO_OPTIONS,
        parent: Engine | None = None,
    ) -> None:
        self._parts = parts
        self._options: Mapping[str, Any] = immutabledict(options)
        self.dispatch: Dispatch = (
            Dispatch.for_target(self, parts.dialect.dispatch)
            if parent is None
            else parent.dispatch.child()
        )

    # -- connections --------------------------------------------------------------------

    def connect(self) -> Connection:
        """Check a connection out of the pool; use it in a ``with`` block, or close it."""
        made: Connection = self._connection_class(self)
        return made

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Give a connection with a transaction that the end of the block commits."""
        with self.connect() as connection, connection.begin():
            yield connection

    def raw_connection(self) -> PoolProxiedConnection:
        """Check out a connection to use through the driver's own interface."""
        return self._parts.pool.connect()

    def run(
        self,
        work: Callable[[Connection], T],
        *,
        retries: int = 3,
        isolation_level: str | None = None,
        longest_wait: float = 5.0,
    ) -> T:
        """Do work in a transaction, anew when the database says that it may succeed then.

        Tried again is only what the dialect calls retryable: a serialization failure, a
        deadlock, a busy database.  Each try has a connection and a transaction of its own,
        and waits before it for a random time that grows with the number of tries.  Never is
        it when the work may have been committed: the connection was lost during the commit,
        or a callback of ``on_commit()`` fails.
        """
        attempt = 0
        while True:
            committing = committed = False

            def note_commit() -> None:
                nonlocal committed
                committed = True

            try:
                with self.connect() as connection:
                    if isolation_level is not None:
                        connection.execution_options(isolation_level=isolation_level)
                    with connection.begin():
                        connection.on_commit(note_commit)
                        result = work(connection)
                        committing = True
            except DBAPIError as error:
                in_doubt = committed or (committing and error.connection_invalidated)
                if attempt >= retries or in_doubt or not error.retryable:
                    raise
            else:
                return result
            attempt += 1
            longest = min(longest_wait, 0.01 * 2**attempt)
            self._parts.driver.sleep(random.uniform(0, longest))

    # -- as older programs use it ---------------------------------------------------------

    def execute(
        self, statement: Any, parameters: Any = None, **named: Any
    ) -> CursorResult[Unpack[tuple[Any, ...]]]:
        """Execute a statement on a connection of its own, and commit.

        The connection goes back as soon as the result is read to its end or closed; of a
        statement that returns no rows, at once.
        """
        connection = self.connect()
        try:
            result = connection.execute(statement, parameters, **named)
            if result.returns_rows:
                connection._serves_one_result = True
                result.on_close = connection._commit_and_close
                return result
            connection.commit()
        except BaseException:
            connection.close()
            raise
        connection.close()
        return result

    def scalar(self, statement: Any, parameters: Any = None, **named: Any) -> Any:
        """Execute a statement and return the first column of its first row."""
        return self.execute(statement, parameters, **named).scalar()

    # -- options ------------------------------------------------------------------------

    def execution_options(self, **opt: Any) -> Engine:
        """Return a sibling of this engine, on the same pool, with further options."""
        sibling = Engine(self._parts, options=self._options, parent=self)
        sibling.update_execution_options(**opt)
        return sibling

    def update_execution_options(self, **opt: Any) -> None:
        """Set options on this very engine."""
        check_options(opt)
        for heard in self.dispatch.set_engine_execution_options:
            heard(self, opt)
        self._options = immutabledict({**self._options, **opt})

    def get_execution_options(self) -> Mapping[str, Any]:
        """Return the options that all connections of this engine begin with."""
        return self._options

    # -- what it is ---------------------------------------------------------------------

    @property
    def url(self) -> URL:
        """The URL; printing it hides the password."""
        return self._parts.url

    @property
    def dialect(self) -> Dialect:
        """The dialect, with what is known of the server since the first connection."""
        return self._parts.dialect

    @property
    def pool(self) -> Pool:
        """The pool that connections come from."""
        return self._parts.pool

    @property
    def name(self) -> str:
        """The dialect's name."""
        return self._parts.dialect.name

    @property
    def driver(self) -> str:
        """The driver's name."""
        return self._parts.dialect.driver

    @property
    def engine(self) -> Engine:
        """This engine; connections have the same attribute."""
        return self

    @property
    def echo(self) -> bool | str | None:
        """Whether statements are written to the log; ``"debug"`` writes rows too."""
        return self._parts.log.echo

    @echo.setter
    def echo(self, value: bool | str | None) -> None:
        self._parts.log.set_echo(value)

    @property
    def hide_parameters(self) -> bool:
        """Whether parameters are kept out of logs and errors."""
        return self._parts.hide_parameters

    # -- upkeep -------------------------------------------------------------------------

    def dispose(self, close: bool = True) -> None:
        """Replace the pool by a fresh one.

        ``close=False`` leaves the old connections open, for a process that was forked and
        must not touch its parent's.
        """
        old = self._parts.pool
        self._parts.pool = old.recreate()
        if close:
            old.dispose()
        for heard in self.dispatch.engine_disposed:
            heard(self)

    def clear_compiled_cache(self) -> None:
        """Forget all statements that were written."""
        self._parts.cache.clear()

    def event_dispatches(self) -> list[Dispatch]:
        """Return what hears this engine's events: its own, and those of its pool."""
        return [self.dispatch, self._parts.pool.dispatch]

    @staticmethod
    def event_relatives() -> tuple[type, ...]:
        """Return the classes whose events may be listened to on this class."""
        return (Pool,)

    def __repr__(self) -> str:
        return f"Engine({self._parts.url!r})"


inspected_by(Engine, "toolkit_core.inspection.inspector:make_inspector")
