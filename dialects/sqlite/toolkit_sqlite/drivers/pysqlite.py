"""Python's own ``sqlite3`` as a driver."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping, Sequence

from toolkit_core.dialect import (
    URL,
    ArgumentError,
    DBAPIConnection,
    Driver,
    ErrorFacts,
    ParamStyle,
    Pool,
    QueuePool,
    SADeprecationWarning,
    ServerFacts,
    SingletonThreadPool,
    warn,
)
from toolkit_sqlite.address import connect_arguments, is_named_memory, is_private_memory
from toolkit_sqlite.errors import classify
from toolkit_sqlite.existing import index_is_there, tables_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

_TRANSACTION_MODES = ("DEFERRED", "IMMEDIATE", "EXCLUSIVE")

# How many of SQLite's instructions run between two looks at the clock: about 50 µs.
_STEPS = 1000


class PySQLite(Driver):
    """Glue to ``sqlite3``.

    The module begins a transaction by itself before the first change, so that reading holds
    no lock.  ``create_engine(…, sqlite_begin="IMMEDIATE")`` begins explicitly instead, and
    takes the write lock at once, which avoids deadlocks of two readers that want to write.
    https://docs.python.org/3/library/sqlite3.html#transaction-control
    """

    name = "pysqlite"
    module_name = "sqlite3"
    requirement = "a Python that was built with SQLite"
    paramstyle = ParamStyle.QMARK
    other_paramstyles = (ParamStyle.NAMED, ParamStyle.NUMERIC)
    isolation_levels = ("READ UNCOMMITTED", "SERIALIZABLE", "AUTOCOMMIT")
    engine_options: ClassVar[Mapping[str, Any]] = {"native_datetime": False, "sqlite_begin": None}

    def __init__(self, module: Any = None, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(module, options)
        mode = self.options["sqlite_begin"]
        if mode is not None and str(mode).upper() not in _TRANSACTION_MODES:
            raise ArgumentError(
                f"Invalid value {mode!r} for sqlite_begin",
                hint="one of " + ", ".join(_TRANSACTION_MODES),
            )
        self.begins_explicitly = mode is not None
        self._begin_sql = f"BEGIN {str(mode).upper()}"
        # The module's own way to begin, as ``connect_args={"isolation_level": ...}`` set it.
        self._own_mode = ""

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return the file name, or ``:memory:``, and the options in the URL's query."""
        filename, kwargs = connect_arguments(url)
        kwargs.setdefault("check_same_thread", is_private_memory(url) or is_named_memory(url))
        return [filename], kwargs

    def prepare(self, connection: DBAPIConnection) -> None:
        """Give the connection the REGEXP function, which SQLite names but does not have."""
        create: Any = connection.create_function  # type: ignore[attr-defined]
        create("regexp", 2, _regexp, deterministic=True)
        mode: str | None = connection.isolation_level  # type: ignore[attr-defined]
        if mode is not None:
            self._own_mode = mode

    def pool_class(self, url: URL) -> type[Pool]:
        """A file may have many connections; a database in memory has as many as threads."""
        if is_named_memory(url):
            warn(
                "Selection of the SingletonThreadPool pool class based on the 'mode=memory' query "
                "string argument is deprecated; a future release will use QueuePool for this "
                "URL.  Indicate the intended pool class using the create_engine.poolclass "
                "parameter.",
                SADeprecationWarning,
                code="sqmp",
            )
            return SingletonThreadPool
        return SingletonThreadPool if is_private_memory(url) else QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Return the library's version."""
        return ServerFacts(
            version=tuple(self.module.sqlite_version_info),
            default_schema="main",
            default_isolation=self.get_isolation(connection),
        )

    def dbapi_version(self) -> tuple[int, ...]:
        """Return Python's version: the module comes with it, and has no other."""
        return sys.version_info[:3]

    def begin(self, connection: DBAPIConnection) -> None:
        """Begin with the lock that ``sqlite_begin`` asks for."""
        if self.detect_autocommit(connection):
            return
        if connection.in_transaction:  # type: ignore[attr-defined]
            # With autocommit=False the module has begun already, without a lock.
            connection.cursor().execute("ROLLBACK")
        connection.cursor().execute(self._begin_sql)

    def before_savepoint(self, connection: DBAPIConnection) -> None:
        """Begin: the module does so only for changes, and an outermost savepoint commits."""
        if not connection.in_transaction and not self.detect_autocommit(connection):  # type: ignore[attr-defined]
            connection.cursor().execute("BEGIN")

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Return the level by the pragma, or AUTOCOMMIT."""
        if self.detect_autocommit(connection):
            return "AUTOCOMMIT"
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA read_uncommitted")
            return "READ UNCOMMITTED" if cursor.fetchone()[0] else "SERIALIZABLE"
        finally:
            cursor.close()

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Set the pragma, and the module's own mode."""
        if _has_autocommit_attribute(connection):
            connection.autocommit = level == "AUTOCOMMIT"  # type: ignore[attr-defined]
        else:
            mode = None if level == "AUTOCOMMIT" else self._own_mode
            connection.isolation_level = mode  # type: ignore[attr-defined]
        if level == "AUTOCOMMIT":
            return
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA read_uncommitted = {int(level == 'READ UNCOMMITTED')}")
        cursor.close()

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether the module leaves transactions alone."""
        if _has_autocommit_attribute(connection):
            on: bool = connection.autocommit  # type: ignore[attr-defined]
            return on
        return connection.isolation_level is None  # type: ignore[attr-defined]

    def cancel(self, connection: DBAPIConnection) -> None:
        """Interrupt whatever runs on the connection."""
        connection.interrupt()  # type: ignore[attr-defined]

    def set_timeout(self, connection: DBAPIConnection, seconds: float | None) -> None:
        """Let SQLite look at the clock while it works."""
        handler: Any = connection.set_progress_handler  # type: ignore[attr-defined]
        if seconds is None:
            handler(None, 0)
            return
        deadline = time.monotonic() + seconds
        handler(lambda: time.monotonic() > deadline, _STEPS)

    def has_tables(
        self, connection: DBAPIConnection, names: Sequence[str], schema: str | None
    ) -> set[str]:
        """Return those of many names that tables or views have, with one query."""
        return tables_there(connection, names, schema)

    def has_index(
        self, connection: DBAPIConnection, table: str, name: str, schema: str | None
    ) -> bool:
        """Tell whether a table has an index of that name."""
        return index_is_there(connection, table, name, schema)

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means."""
        if connection is None:
            return classify(error)
        return classify(error, lambda table: _columns(connection, table))


def _has_autocommit_attribute(connection: DBAPIConnection) -> bool:
    """Tell whether ``connect(autocommit=...)`` was used, instead of the older way.

    https://docs.python.org/3/library/sqlite3.html#sqlite3.Connection.autocommit
    """
    # -1 is sqlite3.LEGACY_TRANSACTION_CONTROL, which Python has since 3.12.
    return getattr(connection, "autocommit", -1) != -1


def _columns(connection: DBAPIConnection, table: str) -> Mapping[str, bool] | None:
    """Ask the database for a table's columns, and which of them are its primary key."""
    cursor = connection.cursor()
    try:
        cursor.execute("select name, pk from pragma_table_info(?)", (table,))
        return {row[0]: bool(row[1]) for row in cursor.fetchall()} or None
    except Exception:  # noqa: BLE001 - it is but a better guess at the names in a message
        return None
    finally:
        cursor.close()


def _regexp(pattern: str, value: str | None) -> bool | None:
    if value is None:
        return None
    return re.search(pattern, value) is not None
