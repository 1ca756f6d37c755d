"""A database server that fails on demand: a dialect plugin through the public contract only.

It is SQLite behind a driver whose connections can be told to fail at any call of the DBAPI.
``faulty://user:password@host/absolute/path.db``; ``server(engine)`` is whom to tell.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit import Engine, text
from toolkit_core.dialect import (
    URL,
    Capabilities,
    DBAPIConnection,
    Dialect,
    DialectPlugin,
    Driver,
    ErrorFacts,
    ParamStyle,
    Pool,
    QueuePool,
    ServerFacts,
    Style,
)
from toolkit_core.errors import IntegrityKind

PASSWORD = "tiger-in-the-tank"


class Gone(sqlite3.OperationalError):
    """The server closed the connection."""


class Interrupt(BaseException):
    """Stands in for KeyboardInterrupt, which the test runner itself wants to see."""


class Server:
    """What fails next, and what was called."""

    def __init__(self) -> None:
        # Per call of the DBAPI: what to raise at each of the next calls; None lets one pass.
        self.plan: dict[str, list[BaseException | None]] = {}
        self.calls: Counter[str] = Counter()
        self.open: list[FaultyConnection] = []
        # Asked at every call of the DBAPI, for faults at random.
        self.dice: Callable[[str], BaseException | None] = lambda call: None

    def fail(self, call: str, *errors: BaseException | None) -> None:
        """Let the next calls of this kind fail."""
        self.plan.setdefault(call, []).extend(errors)

    def restart(self) -> None:
        """Lose all connections: who uses one next is told."""
        for connection in list(self.open):
            connection.is_doomed = True

    def called(self, call: str, connection: FaultyConnection | None) -> None:
        """Note a call, and fail if it is to."""
        self.calls[call] += 1
        if connection is not None and connection.is_doomed and not connection.is_dead:
            connection.die()
        if connection is not None and connection.is_dead and call != "close":
            raise Gone("server closed the connection unexpectedly")
        planned = self.plan.get(call)
        error = planned.pop(0) if planned else self.dice(call)
        if error is None:
            return
        if isinstance(error, Gone) and connection is not None:
            connection.die()
        raise error


class FaultyCursor(sqlite3.Cursor):
    """A cursor that asks the server before each call whether it fails."""

    closing_fails: list[Any] | None = None

    @property
    def _told(self) -> Callable[[str], None]:
        connection: FaultyConnection = self.connection  # type: ignore[assignment]
        return lambda call: connection.server.called(call, connection)

    def execute(self, sql: str, parameters: Any = (), /) -> FaultyCursor:
        self._told("execute")
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Any, /) -> FaultyCursor:
        self._told("executemany")
        super().executemany(sql, parameters)
        return self

    def fetchone(self) -> Any:
        self._told("fetch")
        return super().fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        self._told("fetch")
        return super().fetchmany(self.arraysize if size is None else size)

    def fetchall(self) -> list[Any]:
        self._told("fetch")
        return super().fetchall()

    def close(self) -> None:
        # Nothing but what was planned: the collector closes cursors, too, when their connection
        # may be in pieces already.
        planned = self.closing_fails
        super().close()
        if planned:
            raise planned.pop(0)


class FaultyConnection(sqlite3.Connection):
    """A connection that the server can cut off: then all calls fail, and its work is undone."""

    server: Server
    is_dead = False
    is_doomed = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cursors: weakref.WeakSet[sqlite3.Cursor] = weakref.WeakSet()

    def cursor(self, factory: Any = FaultyCursor) -> Any:
        self.server.called("cursor", self)
        cursor = super().cursor(factory)
        cursor.closing_fails = self.server.plan.setdefault("close_cursor", [])
        self.cursors.add(cursor)
        return cursor

    def commit(self) -> None:
        self.server.called("commit", self)
        super().commit()

    def rollback(self) -> None:
        self.server.called("rollback", self)
        super().rollback()

    def close(self) -> None:
        self._end()
        self.server.called("close", self)

    def die(self) -> None:
        """Lose the connection: the server rolls back what was not committed."""
        self.is_dead = True
        if self in self.server.open:
            sqlite3.Connection.rollback(self)
            self._end()

    def _end(self) -> None:
        try:
            self.server.open.remove(self)
        except ValueError:  # it has ended before
            return
        # SQLite keeps the file open as long as one of its cursors is, and no server does.
        for cursor in self.cursors:
            cursor.close()
        sqlite3.Connection.close(self)


class FaultyDriver(Driver):
    """The driver; its methods beside the DBAPI's own can fail too."""

    name = "edge"
    module_name = "sqlite3"
    requirement = "nothing"
    paramstyle = ParamStyle.QMARK
    isolation_levels = ("SERIALIZABLE", "READ UNCOMMITTED", "AUTOCOMMIT")

    def __init__(self, module: Any = None, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(module, options)
        self.server = Server()

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        return [f"/{url.database}"], {"check_same_thread": False, "timeout": 0}

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        self.server.called("connect", None)
        connection = sqlite3.connect(*args, factory=FaultyConnection, **kwargs)
        assert isinstance(connection, FaultyConnection)
        connection.server = self.server
        self.server.open.append(connection)
        return connection

    def prepare(self, connection: DBAPIConnection) -> None:
        self._told("prepare", connection)
        self._sqlite(connection).execute("pragma synchronous = off")

    def pool_class(self, url: URL) -> type[Pool]:
        return QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """Tell the version, and leave the default isolation level to be found out."""
        self._told("ask_server", connection)
        return ServerFacts(version=(7, 1))

    def ping(self, connection: DBAPIConnection) -> bool:
        self._told("ping", connection)
        return super().ping(connection)

    def get_isolation(self, connection: DBAPIConnection) -> str:
        self._told("get_isolation", connection)
        own = self._sqlite(connection)
        if own.isolation_level is None:
            return "AUTOCOMMIT"
        (uncommitted,) = sqlite3.Connection.execute(own, "pragma read_uncommitted").fetchone()
        return "READ UNCOMMITTED" if uncommitted else "SERIALIZABLE"

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        self._told("set_isolation", connection)
        own = self._sqlite(connection)
        own.isolation_level = None if level == "AUTOCOMMIT" else "DEFERRED"
        own.execute(f"pragma read_uncommitted = {int(level == 'READ UNCOMMITTED')}")

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        return self._sqlite(connection).isolation_level is None

    def before_savepoint(self, connection: DBAPIConnection) -> None:
        own = self._sqlite(connection)
        if not own.in_transaction and own.isolation_level is not None:
            own.execute("begin")

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """A table of three: gone, busy, and a violated constraint."""
        if isinstance(error, Gone):
            return ErrorFacts(disconnect=True, retryable=True, hint="see the server's log")
        if "locked" in str(error):
            return ErrorFacts(retryable=True)
        if isinstance(error, sqlite3.IntegrityError):
            return ErrorFacts(kind=IntegrityKind.UNIQUE)
        return ErrorFacts()

    def _told(self, call: str, connection: DBAPIConnection) -> None:
        self.server.called(call, self._sqlite(connection))

    @staticmethod
    def _sqlite(connection: DBAPIConnection) -> FaultyConnection:
        assert isinstance(connection, FaultyConnection)
        return connection


def make(name: str, driver: Driver) -> Dialect:
    """Put the dialect together."""
    return Dialect(
        name=name,
        glue=driver,
        style=Style(paramstyle=driver.paramstyle),
        capabilities=Capabilities(savepoints=True, autocommit=True),
        rules_path="toolkit_core.compiler.ansi:ansi",
    )


plugin = DialectPlugin(
    name="faulty",
    default_driver="edge",
    drivers={"edge": f"{__name__}:FaultyDriver", "absent": f"{__name__}:AbsentDriver"},
    make=make,
)


class AbsentDriver(FaultyDriver):
    """A driver whose module is not installed."""

    name = "absent"
    module_name = "no_such_dbapi"
    requirement = "no-such-dbapi"


def server(engine: Any) -> Server:
    """The server behind an engine."""
    driver: FaultyDriver = engine.dialect.glue
    return driver.server


def gone() -> Gone:
    """What a lost connection says."""
    return Gone("server closed the connection unexpectedly")


def odd() -> sqlite3.Error:
    """An error that says nothing about the connection."""
    return sqlite3.OperationalError("something odd happened")


def rows(engine: Engine) -> list[Any]:
    """What is committed in the table ``t``."""
    with engine.connect() as connection:
        return list(connection.execute(text("select x from t order by x")).scalars())


def handles_of(path: Path) -> list[str]:
    """The open file handles on a database and its journal."""
    links = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            links.append(os.readlink(handle))  # noqa: PTH115 - a link to a deleted file, too
        except FileNotFoundError:  # the handle by which we look
            continue
    return [link for link in links if link.startswith(str(path))]
