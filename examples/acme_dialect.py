"""A dialect in one file: a database that speaks SQLite's SQL and keeps a journal of connects.

Its distribution would have, in pyproject.toml:

    [project.entry-points."toolkit.dialects"]
    acme = "acme_dialect:plugin"
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, ClassVar

from toolkit.plugins import DialectPlugin
from toolkit_core.dialect import (
    URL,
    Capabilities,
    DBAPIConnection,
    Dialect,
    Driver,
    ErrorFacts,
    IntegrityKind,
    ParamStyle,
    Pool,
    QueuePool,
    ServerFacts,
    Style,
)


class AcmeDriver(Driver):
    """The glue to a DBAPI module: here Python's sqlite3 stands in for it."""

    name = "acmedb"
    module_name = "sqlite3"
    requirement = "acmedb"
    paramstyle = ParamStyle.QMARK
    isolation_levels = ("SERIALIZABLE",)
    engine_options: ClassVar = {"greeting": "hello"}

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """From a URL to what the module's connect() takes."""
        return [url.database or ":memory:"], {"check_same_thread": False}

    def pool_class(self, url: URL) -> type[Pool]:
        """The pool that suits the database."""
        return QueuePool

    def ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        """What the first connection of an engine teaches."""
        return ServerFacts(version=(1, 0), default_schema="main", default_isolation="SERIALIZABLE")

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """The connection's isolation level."""
        return "SERIALIZABLE"

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """There is but one."""

    def classify(self, error: BaseException, connection: DBAPIConnection | None) -> ErrorFacts:
        """What an error of the module means."""
        if isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error):
            return ErrorFacts(kind=IntegrityKind.UNIQUE)
        return ErrorFacts(disconnect="closed database" in str(error))


def make(name: str, driver: Driver) -> Dialect:
    """Put the dialect together around a driver: what is not claimed, it cannot do."""
    return Dialect(
        name=name,
        glue=driver,
        style=Style(paramstyle=driver.paramstyle, max_identifier=63),
        capabilities=Capabilities(savepoints=True),
        # The standard's rules; a dialect that writes things differently has a table on top.
        rules_path="toolkit_core.compiler.ansi:ansi",
    )


plugin = DialectPlugin(
    name="acme",
    default_driver="acmedb",
    drivers={"acmedb": f"{__name__}:AcmeDriver"},
    make=make,
)
