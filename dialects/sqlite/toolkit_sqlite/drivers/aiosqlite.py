"""``aiosqlite``: the standard library's ``sqlite3`` in a thread for each connection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.aio.driver import AsyncAdaptedQueuePool, AsyncDriver
from toolkit_core.dialect import URL, Pool, SADeprecationWarning, StaticPool, warn
from toolkit_sqlite.address import is_named_memory, is_private_memory
from toolkit_sqlite.drivers import aiosqlite_thread as thread
from toolkit_sqlite.drivers.aiosqlite_adapted import AioSQLiteConnection, StreamingCursor
from toolkit_sqlite.drivers.pysqlite import PySQLite


class AioSQLite(AsyncDriver, PySQLite):
    """Glue to ``aiosqlite``.

    Each connection has a thread of its own, so one statement is one way there and back, on which
    its rows are fetched as well.  A database in memory has one connection, which tasks share.
    """

    name = "aiosqlite"
    module_name = "aiosqlite"
    requirement = "toolkit[aiosqlite]"
    # Its thread answers whichever loop has asked.
    keeps_to_its_loop = False

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return the file name, or ``:memory:``, and the options in the URL's query."""
        args, kwargs = super().connect_arguments(url)
        if "check_same_thread" not in url.query:
            # All that is executed is in the connection's thread; what it knows is read from here.
            kwargs["check_same_thread"] = False
        return args, kwargs

    async def open(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection in a thread that does not keep the program from ending."""
        connection = self.module.connect(*args, **kwargs)
        await thread.start(connection)
        return connection

    def adapt(self, driver_connection: Any) -> AioSQLiteConnection:
        """Make it look as ``sqlite3`` does."""
        return AioSQLiteConnection(driver_connection)

    def cut_off(self, driver_connection: Any) -> None:
        """Interrupt what runs, and have the thread close the connection."""
        thread.stop(driver_connection)

    def pool_class(self, url: URL) -> type[Pool]:
        """A file may have many connections; a database in memory has one."""
        if is_named_memory(url):
            warn(
                "Selection of the StaticPool pool class based on the 'mode=memory' query string "
                "argument is deprecated; a future release will use AsyncAdaptedQueuePool for "
                "this URL.  Indicate the intended pool class using the "
                "create_engine.poolclass parameter.",
                SADeprecationWarning,
                code="sqmp",
            )
            return StaticPool
        return StaticPool if is_private_memory(url) else AsyncAdaptedQueuePool

    def dbapi_version(self) -> tuple[int, ...]:
        """Return the version of ``aiosqlite``."""
        return AsyncDriver.dbapi_version(self)

    def server_side_cursor(self, connection: Any) -> Any:
        """Open a cursor that fetches as it goes."""
        return StreamingCursor(connection)
