"""Python's own ``sqlite3`` as a driver."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from toolkit_core.dialect import (
    URL,
    ArgumentError,
    DBAPIConnection,
    Driver,
    ErrorFacts,
    ParamStyle,
    Pool,
    QueuePool,
    ServerFacts,
    SingletonThreadPool,
)
from toolkit_sqlite.errors import classify

# Which arguments of ``sqlite3.connect`` may stand in a URL, and how to read them.
_CONVERTED = {
    "timeout": float,
    "isolation_level": str,
    "detect_types": int,
    "check_same_thread": lambda text: text.lower() in ("1", "true", "yes", "on"),
    "cached_statements": int,
}

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

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return the file name, or ``:memory:``, and the options in the URL's query."""
        if url.username or url.host or url.password or url.port:
            raise ArgumentError(
                f"Invalid SQLite URL: {url!r}",
                hint="sqlite:///relative/path.db, sqlite:////absolute/path.db or sqlite://",
            )
        kwargs: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for key, value in url.query.items():
            if key in _CONVERTED:
                kwargs[key] = _CONVERTED[key](value)  # type: ignore[operator]
            else:
                rest[key] = value
        if rest.pop("uri", "false").lower() in ("1", "true", "yes", "on"):
            kwargs["uri"] = True
            filename = url.database or ":memory:"
            if rest:
                filename += "?" + "&".join(f"{key}={value}" for key, value in sorted(rest.items()))
        else:
            filename = url.database or ":memory:"
            if filename != ":memory:" and not filename.startswith("file:"):
                filename = os.path.abspath(filename)  # noqa: PTH100 - resolve() follows links
        kwargs.setdefault("check_same_thread", _in_memory(url))
        return [filename], kwargs

    def prepare(self, connection: DBAPIConnection) -> None:
        """Give the connection the REGEXP function, which SQLite names but does not have."""
        create: Any = connection.create_function  # type: ignore[attr-defined]
        create("regexp", 2, _regexp, deterministic=True)

    def pool_class(self, url: URL) -> type[Pool]:
        """A file may have many connections; a database in memory has as many as threads."""
        return SingletonThreadPool if _in_memory(url) else QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Return the library's version."""
        return ServerFacts(
            version=tuple(self.module.sqlite_version_info),
            default_schema="main",
            default_isolation=self.get_isolation(connection),
        )

    def dbapi_version(self) -> tuple[int, ...]:
        """Return the version of the SQLite library, which is all that ``sqlite3`` tells."""
        version: tuple[int, ...] = self.module.sqlite_version_info
        return version

    def begin(self, connection: DBAPIConnection) -> None:
        """Begin with the lock that ``sqlite_begin`` asks for."""
        if not self.detect_autocommit(connection):
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
        connection.isolation_level = None if level == "AUTOCOMMIT" else ""  # type: ignore[attr-defined]
        if level == "AUTOCOMMIT":
            return
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA read_uncommitted = {int(level == 'READ UNCOMMITTED')}")
        cursor.close()

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether the module leaves transactions alone."""
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

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """Tell what an error means."""
        return classify(error)


def _in_memory(url: URL) -> bool:
    database = url.database
    if not database or database == ":memory:":
        return True
    return "mode=memory" in database or url.query.get("mode") == "memory"


def _regexp(pattern: str, value: str | None) -> bool | None:
    if value is None:
        return None
    return re.search(pattern, value) is not None
