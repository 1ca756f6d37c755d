"""Records what is sent to SQLite, beneath either library: a driver connection that listens.

It depends on nothing of the library, so it also sees what a library sends behind its events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from tests.differential.inside.comparable import squeezed

sent_statements: list[str] = []


class ListeningCursor(sqlite3.Cursor):
    """A cursor that writes down each statement; an `executemany` is one."""

    def execute(self, sql: str, parameters: Any = (), /) -> ListeningCursor:
        """Note and send."""
        sent_statements.append(squeezed(sql))
        super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> ListeningCursor:
        """Note and send."""
        sent_statements.append(squeezed(sql))
        super().executemany(sql, parameters)
        return self

    def executescript(self, script: str, /) -> ListeningCursor:
        """Note and send."""
        sent_statements.append(squeezed(script))
        super().executescript(script)
        return self


class ListeningConnection(sqlite3.Connection):
    """A connection whose cursors listen, unless the caller brings cursors of their own."""

    def __del__(self) -> None:
        """Close: since 3.13, Python warns of one that is not, whenever it happens to be freed."""
        with suppress(sqlite3.ProgrammingError):  # freed in another thread
            self.close()

    def cursor(self, factory: Any = ListeningCursor) -> Any:
        """A listening cursor."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Through a cursor, so that it is heard."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        """Through a cursor, so that it is heard."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, script: str, /) -> Any:
        """Through a cursor, so that it is heard."""
        return self.cursor().executescript(script)


def listen() -> None:
    """Let every connection opened from now on be a listening one."""
    connect = sqlite3.connect

    def listening(*arguments: Any, **options: Any) -> Any:
        options.setdefault("factory", ListeningConnection)
        return connect(*arguments, **options)

    for module in (sqlite3, sqlite3.dbapi2):
        vars(module)["connect"] = listening


def sent() -> list[str]:
    """The statements sent since the last call of this."""
    statements = list(sent_statements)
    sent_statements.clear()
    return statements
