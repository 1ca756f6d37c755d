"""The servers of the matrix: one row each."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

from tests.containers.images import Recipe


@dataclass(frozen=True)
class Server:
    """A server that the tests run on, and who speaks to it."""

    name: str
    dialect: str
    # What its own version must begin with; empty where a URL decides.
    version: str
    drivers: tuple[str, ...]
    official: str = ""
    recipe: Recipe | None = None
    # Not shown: it holds a password.
    url: str = field(default="", repr=False)

    @property
    def variable(self) -> str:
        """The environment variable that replaces this one server."""
        return f"TOOLKIT_TEST_{self.name.upper().replace('-', '_').replace('.', '_')}_URL"


POSTGRESQL = ("psycopg2", "psycopg")
MYSQL = ("pymysql", "mysqlclient")

SQLITE = Server("sqlite", "sqlite", "3", ("pysqlite",))

# Suites alternate: whoever builds two images at a time makes two root file systems at a time.
CONTAINERS = (
    Server(
        "postgresql-18",
        "postgresql",
        "18",
        POSTGRESQL,
        "postgres:18",
        Recipe("postgresql", "sid", "18"),
    ),
    Server(
        "postgresql-15",
        "postgresql",
        "15",
        POSTGRESQL,
        "postgres:15",
        Recipe("postgresql", "bookworm", "15"),
    ),
    Server("mysql-9", "mysql", "9", MYSQL, "mysql:9", Recipe("mysql", "sid", "9")),
    Server(
        "mariadb-10.11",
        "mariadb",
        "10.11",
        MYSQL,
        "mariadb:10.11",
        Recipe("mariadb", "bookworm", "10.11"),
    ),
    Server(
        "mariadb-11.8", "mariadb", "11.8", MYSQL, "mariadb:11.8", Recipe("mariadb", "sid", "11.8")
    ),
)

DIALECTS = tuple(dict.fromkeys(server.dialect for server in (SQLITE, *CONTAINERS)))


class UnknownServerError(Exception):
    """``--servers`` names what is not there."""


def matrix() -> list[Server]:
    """Every server, as the environment has it.

    ``TOOLKIT_TEST_POSTGRESQL_URL`` stands for all PostgreSQL servers, whatever its version;
    ``TOOLKIT_TEST_POSTGRESQL_15_URL`` for one.
    """
    servers = [SQLITE]
    for dialect in DIALECTS[1:]:
        rows = [server for server in CONTAINERS if server.dialect == dialect]
        url = os.environ.get(f"TOOLKIT_TEST_{dialect.upper()}_URL", "")
        if url:
            servers.append(Server(f"{dialect}-url", dialect, "", rows[0].drivers, url=url))
        else:
            servers += [replace(row, url=os.environ.get(row.variable, "")) for row in rows]
    return servers


def selected(option: str) -> list[Server]:
    """What ``--servers`` leaves: names of servers or dialects, ``all``, or ``none``.

    >>> [server.name for server in selected("none")]
    ['sqlite']
    """
    servers = matrix()
    words = {word.strip() for word in option.split(",") if word.strip()}
    if "all" in words or not words:
        return servers
    known = {"none", *DIALECTS, *(server.name for server in servers)}
    if unknown := sorted(words - known):
        raise UnknownServerError(
            f"--servers: there is no {', '.join(unknown)}; "
            f"known are all, {', '.join(sorted(known))}"
        )
    if words == {"none"}:
        return [SQLITE]
    return [server for server in servers if words & {server.name, server.dialect}]
