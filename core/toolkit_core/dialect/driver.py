"""The glue to one DBAPI: the part of a dialect that touches a connection.

A driver is subclassed.  What PEP 249 promises is written here; a subclass names its module,
turns a URL into connect arguments, tells what an error means, and overrides what its DBAPI
does differently.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType

from toolkit_core.checker_names import Protocol
from toolkit_core.errors import ArgumentError, ErrorFacts, MissingDriverError
from toolkit_core.errors.facts import NOTHING_KNOWN
from toolkit_core.facts import UNKNOWN_SERVER, ParamStyle, ServerFacts
from toolkit_core.lazy_module import lazy_module
from toolkit_core.plugins import dialects, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    import uuid
    from typing import Any, ClassVar

    from toolkit_core.pool import Pool
    from toolkit_core.url import URL
else:
    uuid = lazy_module("uuid")


class DBAPICursor(Protocol):
    """What is used of a cursor of PEP 249."""

    @property
    def description(self) -> Any: ...
    @property
    def rowcount(self) -> int: ...

    arraysize: int

    def close(self) -> None: ...
    def setinputsizes(self, sizes: Any, /) -> Any: ...
    def execute(self, operation: Any, parameters: Any = ..., /) -> Any: ...
    def executemany(self, operation: Any, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchmany(self, size: int = ..., /) -> Any: ...
    def fetchall(self) -> Any: ...


class DBAPIConnection(Protocol):
    """What is used of a connection of PEP 249."""

    def close(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def cursor(self, *args: Any, **kwargs: Any) -> DBAPICursor: ...


class Driver:
    """Glue to one DBAPI module.  One instance serves one engine.

    The class is a plugin, too: registered as ``dialect.driver``, it is a further driver of a
    dialect that is there already.
    """

    name: ClassVar[str]
    module_name: ClassVar[str]
    # What to say after "pip install" when the module is missing.
    requirement: ClassVar[str]
    paramstyle: ClassVar[ParamStyle]
    # Further styles of placeholders that the module understands.
    other_paramstyles: ClassVar[tuple[ParamStyle, ...]] = ()
    # Whether ``set_input_sizes`` is to be called before each statement.
    wants_input_sizes: ClassVar[bool] = False
    is_async: ClassVar[bool] = False
    # The driver, of the same dialect, that asynchronous engines have in place of this one.
    async_name: ClassVar[str | None] = None
    # Whether ``begin`` must be called; PEP 249 drivers begin with the first statement.
    begins_explicitly: bool = False
    # What ``set_isolation`` understands; the names of the SQL standard, and AUTOCOMMIT.
    isolation_levels: ClassVar[tuple[str, ...]] = ()
    # Options of execution that change a connection: ``set_connection_option`` acts on them.
    connection_options: ClassVar[tuple[str, ...]] = ()
    # What ``create_engine`` may be given beside the documented options, with its default.
    engine_options: ClassVar[Mapping[str, Any]] = {}

    def __init__(
        self, module: ModuleType | None = None, options: Mapping[str, Any] | None = None
    ) -> None:
        self._module = module
        self.options = {**self.engine_options, **(options or {})}

    @classmethod
    @hookimpl
    def toolkit_dialect(cls, name: str, driver: str | None, options: Mapping[str, Any]) -> Any:
        """Have the dialect of that name put together around this driver."""
        around = getattr(dialects.load(name), "around", None)
        if around is None:
            raise ArgumentError(f"The dialect {name!r} takes no drivers of others")
        return around(name, cls, options)

    @property
    def module(self) -> ModuleType:
        """The DBAPI module, imported when it is first needed."""
        if self._module is None:
            self._module = self.load()
        return self._module

    @classmethod
    def load(cls) -> ModuleType:
        """Import the DBAPI module, or say what to install."""
        try:
            return importlib.import_module(cls.module_name)
        except ModuleNotFoundError as error:
            if error.name is None or cls.module_name.partition(".")[0] != error.name:
                raise
            raise MissingDriverError(
                f"No module named {cls.module_name!r}: the driver {cls.name!r} is not installed",
                hint=f'pip install "{cls.requirement}"',
            ) from error

    @classmethod
    def checked_paramstyle(cls, name: str) -> ParamStyle:
        """Return a style of placeholders that the module understands, or say which there are."""
        known = {style.value: style for style in (cls.paramstyle, *cls.other_paramstyles)}
        if name not in known:
            raise ArgumentError(
                f"The driver {cls.name!r} does not understand paramstyle {name!r}",
                hint="one of " + ", ".join(sorted(known)),
            )
        return known[name]

    # -- connecting ---------------------------------------------------------------------

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return what to pass to the module's ``connect`` for a URL."""
        raise NotImplementedError

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        """Open a connection."""
        connection: DBAPIConnection = self.module.connect(*args, **kwargs)
        return connection

    def prepare(self, connection: DBAPIConnection) -> None:
        """Set up a connection that was just opened."""

    def pool_class(self, url: URL) -> type[Pool]:
        """Return the pool that suits the URL."""
        raise NotImplementedError

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Ask the engine's first connection what the server is."""
        return UNKNOWN_SERVER

    def dbapi_version(self) -> tuple[int, ...]:
        """Return the version of the DBAPI module, as far as it is made of numbers."""
        text = str(getattr(self.module, "__version__", ""))
        numbers = []
        for part in text.replace("-", ".").replace(" ", ".").split("."):
            if not part.isdigit():
                break
            numbers.append(int(part))
        return tuple(numbers)

    # -- one connection's life ----------------------------------------------------------

    def begin(self, connection: DBAPIConnection) -> None:
        """Begin a transaction: PEP 249 does so by itself, so this sends nothing."""

    def commit(self, connection: DBAPIConnection) -> None:
        """Commit the open transaction, if there is one."""
        connection.commit()

    def rollback(self, connection: DBAPIConnection) -> None:
        """Roll the open transaction back, if there is one."""
        connection.rollback()

    def close(self, connection: DBAPIConnection) -> None:
        """Close the connection in good order."""
        connection.close()

    def terminate(self, connection: DBAPIConnection) -> None:
        """Close the connection at once, without waiting for the server."""
        self.close(connection)

    def ping(self, connection: DBAPIConnection) -> bool:
        """Ask the server for a sign of life; raise the driver's error if there is none."""
        cursor = connection.cursor()
        try:
            cursor.execute("SELECT 1")
        finally:
            cursor.close()
        return True

    def get_driver_connection(self, connection: DBAPIConnection) -> Any:
        """Return what the driver itself calls a connection."""
        return connection

    # -- waiting ------------------------------------------------------------------------

    def sleep(self, seconds: float) -> None:
        """Let others work for so long."""
        time.sleep(seconds)

    def new_lock(self) -> AbstractContextManager[object]:
        """Return a lock that whoever holds it may take again."""
        return threading.RLock()

    def loop_lost(self, connection: DBAPIConnection) -> bool:
        """Tell whether the event loop that a connection belongs to has ended."""
        return False

    def task_name(self) -> str | None:
        """Return the name of the task of asyncio that we are in."""
        return None

    # -- transactions -------------------------------------------------------------------

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Return the connection's isolation level."""
        raise NotImplementedError

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Set the connection's isolation level to one of ``isolation_levels``."""
        raise NotImplementedError

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether the connection commits by itself after each statement."""
        return False

    def set_connection_option(self, connection: DBAPIConnection, name: str, value: Any) -> None:
        """Set one of ``connection_options``; None is what a new connection has."""
        raise NotImplementedError

    def before_savepoint(self, connection: DBAPIConnection) -> None:
        """Make sure that a transaction is open, which a savepoint can stand in."""

    def savepoint_sql(self, name: str) -> str:
        """Return the statement that sets a savepoint."""
        return f"SAVEPOINT {name}"

    def rollback_to_sql(self, name: str) -> str:
        """Return the statement that undoes all since a savepoint."""
        return f"ROLLBACK TO SAVEPOINT {name}"

    def release_sql(self, name: str) -> str | None:
        """Return the statement that ends a savepoint; None where there is no such thing."""
        return f"RELEASE SAVEPOINT {name}"

    def checked_isolation(self, level: str) -> str:
        """Return the level's plain name, or say which there are.

        ``repeatable_read`` and ``Repeatable Read`` are the same level.
        """
        plain = level.replace("_", " ").upper()
        if plain not in self.isolation_levels:
            known = ", ".join(sorted(self.isolation_levels))
            raise ArgumentError(
                f"Invalid value {level!r} for isolation_level. "
                f"Valid isolation levels for {self.name!r} are {known}"
            )
        return plain

    # -- two phases, for dialects that claim the capability -------------------------------

    def make_xid(self) -> Any:
        """Return an identifier for a new two-phase transaction."""
        return f"_tk_{uuid.uuid4().hex}"

    def begin_twophase(self, connection: DBAPIConnection, xid: Any) -> None:
        """Begin a transaction under an identifier."""
        raise NotImplementedError

    def prepare_twophase(self, connection: DBAPIConnection, xid: Any) -> None:
        """Send the first phase."""
        raise NotImplementedError

    def commit_twophase(self, connection: DBAPIConnection, xid: Any, prepared: bool) -> None:
        """Commit, whether it was prepared or not."""
        raise NotImplementedError

    def rollback_twophase(self, connection: DBAPIConnection, xid: Any, prepared: bool) -> None:
        """Roll back, whether it was prepared or not."""
        raise NotImplementedError

    def recover_twophase(self, connection: DBAPIConnection) -> list[Any]:
        """Return the identifiers of the transactions that are prepared."""
        raise NotImplementedError

    # -- statements ---------------------------------------------------------------------

    def cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a cursor."""
        return connection.cursor()

    def server_side_cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a cursor whose rows stay on the server until they are fetched.

        Where the connection cannot do anything else meanwhile, it is for the driver to read what
        is left before the next statement, and to give it when it is asked for.
        """
        return connection.cursor()

    def executemany(self, cursor: DBAPICursor, sql: str, values: Sequence[Any]) -> None:
        """Send a statement with each of many sets of values."""
        cursor.executemany(sql, values)

    def load_rows(
        self,
        cursor: DBAPICursor,
        target: str,
        columns: Sequence[str],
        rows: Iterator[tuple[Any, ...]],
    ) -> bool:
        """Load rows by a way that is faster than INSERT; False: there is none, and none is read.

        ``target`` and ``columns`` are quoted already.
        """
        return False

    def set_input_sizes(self, cursor: DBAPICursor, sizes: Mapping[Any, Any], many: bool) -> None:
        """Tell the cursor the types of the values that it is about to be given.

        ``sizes`` has a type for each name, in the order of the values; None: it is to guess.
        """
        cursor.setinputsizes(list(sizes.values()))

    def last_inserted_id(self, cursor: DBAPICursor) -> Any:
        """Return the key that the server gave to the last inserted row."""
        return getattr(cursor, "lastrowid", None)

    # -- what is there ------------------------------------------------------------------

    def has_tables(
        self, connection: DBAPIConnection, names: Sequence[str], schema: str | None
    ) -> set[str]:
        """Return those of many names that tables or views have."""
        raise NotImplementedError

    def has_index(
        self, connection: DBAPIConnection, table: str, name: str, schema: str | None
    ) -> bool:
        """Tell whether a table has an index of that name."""
        raise NotImplementedError

    def has_sequence(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a sequence of that name."""
        raise NotImplementedError

    def has_type(self, connection: DBAPIConnection, name: str, schema: str | None) -> bool:
        """Tell whether there is a type of that name."""
        raise NotImplementedError

    # -- stopping -----------------------------------------------------------------------

    def cancel(self, connection: DBAPIConnection) -> None:
        """Stop, from another thread, the statement that the connection is running."""
        raise NotImplementedError

    def set_timeout(self, connection: DBAPIConnection, seconds: float | None) -> None:
        """Stop each statement from now on after so many seconds; None: never."""
        raise NotImplementedError

    @contextmanager
    def time_limit(self, connection: DBAPIConnection, seconds: float, sql: str) -> Iterator[None]:
        """Stop the statement that is sent within after so many seconds."""
        self.set_timeout(connection, seconds)
        try:
            yield
        finally:
            self.set_timeout(connection, None)

    # -- errors -------------------------------------------------------------------------

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error of the module means."""
        return NOTHING_KNOWN
