"""A dialect: one frozen object that says all there is to know about a kind of database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

from toolkit_core.compiler.rules import Rules
from toolkit_core.dialect.driver import DBAPIConnection, Driver
from toolkit_core.facts import UNKNOWN_SERVER, Capabilities, ServerFacts, Style
from toolkit_core.plugins import load_object


@dataclass(frozen=True, eq=False)
class Dialect:
    """What a plugin hands over: facts, rules, types, driver.

    Never changed: what the first connection teaches makes a new one (``knowing``).
    """

    name: str
    glue: Driver
    style: Style
    capabilities: Capabilities
    # Where its table of rules is, as ``module:name``: rules know all there is to write, and a
    # program that sends only text of its own need not wait for them.
    rules_path: str
    server: ServerFacts = UNKNOWN_SERVER
    is_async: bool = False

    def knowing(self, server: ServerFacts) -> Dialect:
        """Return the same dialect with what is known of the server."""
        return replace(self, server=server)

    @cached_property
    def rules(self) -> Rules:
        """The table of rules that write its SQL."""
        found: Rules = load_object(self.rules_path)
        return found

    @property
    def driver(self) -> str:
        """The driver's name, as it stands after the plus sign of a URL."""
        return self.glue.name

    @property
    def dbapi(self) -> ModuleType:
        """The driver's module."""
        return self.glue.module

    @property
    def dbapi_version(self) -> tuple[int, ...]:
        """The version of the driver's module."""
        return self.glue.dbapi_version()

    @property
    def paramstyle(self) -> str:
        """The style of placeholders that statements are written with."""
        return self.style.paramstyle.value

    @property
    def positional(self) -> bool:
        """Whether values are passed by position."""
        return self.style.paramstyle.positional

    @property
    def max_identifier_length(self) -> int:
        """How long a name may be."""
        return self.style.max_identifier

    @property
    def server_version_info(self) -> tuple[int | str, ...] | None:
        """The server's version; None before the first connection."""
        return self.server.version

    @property
    def default_schema_name(self) -> str | None:
        """The schema of tables that name none; None before the first connection."""
        return self.server.default_schema

    @property
    def default_isolation_level(self) -> str | None:
        """The isolation level of a new connection; None before the first connection."""
        return self.server.default_isolation

    def get_isolation_level_values(self, dbapi_conn: DBAPIConnection | None = None) -> list[str]:
        """Return the isolation levels that this dialect understands."""
        return list(self.glue.isolation_levels)

    def get_isolation_level(self, dbapi_connection: DBAPIConnection) -> str:
        """Return the isolation level of a driver's connection."""
        return self.glue.get_isolation(dbapi_connection)

    def set_isolation_level(self, dbapi_connection: DBAPIConnection, level: str) -> None:
        """Set the isolation level of a driver's connection."""
        self.glue.set_isolation(dbapi_connection, self.glue.checked_isolation(level))

    def __repr__(self) -> str:
        return f"<Dialect {self.name}+{self.driver}>"

    def __reduce__(self) -> Any:
        raise TypeError("a dialect cannot be pickled: it holds its driver's module")
