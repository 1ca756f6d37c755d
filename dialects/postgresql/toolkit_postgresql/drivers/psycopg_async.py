"""psycopg for asyncio. https://www.psycopg.org/psycopg3/docs/advanced/async.html."""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Iterator, Sequence
from itertools import count
from typing import Any

from toolkit_core.aio.driver import AsyncDriver, await_only
from toolkit_core.dialect import DBAPIConnection
from toolkit_postgresql.drivers.named_cursor import psycopg_async_class
from toolkit_postgresql.drivers.psycopg import Psycopg
from toolkit_postgresql.drivers.psycopg_adapted import PsycopgConnection, StreamingCursor

# Names of cursors; a session must not have two of the same.
_NUMBERS = count(1)


class PsycopgAsync(AsyncDriver, Psycopg):
    """Glue to the asynchronous half of ``psycopg``.

    ``postgresql+psycopg://`` means this one where an asynchronous engine is made of it.
    """

    name = "psycopg_async"

    async def open(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection, in the encoding asked for."""
        encoding = self.options["client_encoding"]
        if encoding is not None:
            kwargs = {"client_encoding": encoding, **kwargs}
        return await self.module.AsyncConnection.connect(*args, **kwargs)

    def adapt(self, driver_connection: Any) -> PsycopgConnection:
        """Make it look as psycopg's blocking connections do."""
        return PsycopgConnection(driver_connection)

    def cut_off(self, driver_connection: Any) -> None:
        """Close it: psycopg's ``close()`` has nothing to await, and says no goodbye."""
        _run(driver_connection.close())

    def prepare(self, connection: DBAPIConnection) -> None:
        """Have cursors that may be forgotten, and what the engine was told to."""
        session: Any = connection
        if session.server_cursor_factory is self.module.AsyncServerCursor:
            session.server_cursor_factory = psycopg_async_class()
        super().prepare(connection)

    def load_rows(
        self, cursor: Any, target: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> bool:
        """COPY, whose rows psycopg writes itself; where they come from may need the bridge."""
        copying = cursor.copy(f"COPY {target} ({', '.join(columns)}) FROM STDIN")
        copy = await_only(copying.__aenter__(), "COPY")
        try:
            for row in rows:
                await_only(copy.write_row(row))
        except BaseException:
            await_only(copying.__aexit__(*sys.exc_info()))
            raise
        await_only(copying.__aexit__(None, None, None))
        return True

    def server_side_cursor(self, connection: Any) -> Any:
        """Open a named cursor, which outlives its transaction where there is none."""
        cursor = connection.driver_connection.cursor(
            f"tk_async_{next(_NUMBERS):x}", withhold=self.detect_autocommit(connection)
        )
        return StreamingCursor(connection, cursor)


def _run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that awaits nothing."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    coroutine.close()
