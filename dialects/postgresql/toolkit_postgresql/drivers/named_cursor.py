"""Named cursors, whose rows stay on the server, as a result wants them.

The classes are made when they are first asked for, since their parents are in drivers that
may not be installed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from toolkit_core.dialect import lazy_module

extensions: Any = lazy_module("psycopg2.extensions")
psycopg: Any = lazy_module("psycopg")


@cache
def psycopg2_class() -> Any:
    """Return psycopg2's, with the description of its rows known before the first of them."""

    class NamedCursor(extensions.cursor):  # type: ignore[misc]
        """A cursor on the server.  psycopg2 learns only by fetching what its rows are."""

        def execute(self, sql: Any, values: Any = None) -> None:
            """Declare it, and fetch nothing, with a description."""
            super().execute(sql, values)
            self.fetchmany(0)

    return NamedCursor


@cache
def psycopg_class() -> Any:
    """Return psycopg's, which may be forgotten: its transaction ends it, too."""
    return _forgettable(psycopg.ServerCursor)


@cache
def psycopg_async_class() -> Any:
    """Return psycopg's for asyncio, which may be forgotten as well."""
    return _forgettable(psycopg.AsyncServerCursor)


def _forgettable(parent: Any) -> Any:
    class NamedCursor(parent):  # type: ignore[misc]
        """A cursor on the server."""

        def __del__(self) -> None:
            """Say nothing of not having been closed, as results may be left unread."""

    return NamedCursor
