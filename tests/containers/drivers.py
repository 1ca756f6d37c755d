"""A raw DBAPI connection per driver, and the little SQL that a server is asked by the matrix."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote, urlsplit


class DriverMissingError(Exception):
    """A driver cannot be imported; the message says why and what to do."""


class AddressError(Exception):
    """A server's URL is not one."""


@dataclass(frozen=True)
class Address:
    """Where a server listens and who may come in; for SQLite only ``database``, its file."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    database: str = ""


@dataclass(frozen=True)
class Driver:
    """How one driver is found and called."""

    module: str
    # As it is called in a URL: postgresql+psycopg2.
    url_name: str
    connect: Callable[[Any, Address], Any]
    advice: str = "make setup installs it"


def _connect_sqlite(module: Any, address: Address) -> Any:
    return module.connect(address.database)


def _connect_postgresql(module: Any, address: Address) -> Any:
    return module.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        password=address.password,
        dbname=address.database,
        connect_timeout=10,
    )


def _connect_mysql(module: Any, address: Address) -> Any:
    return module.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        password=address.password,
        database=address.database,
        charset="utf8mb4",
        connect_timeout=10,
    )


DRIVERS: Mapping[str, Driver] = MappingProxyType(
    {
        "pysqlite": Driver("sqlite3", "pysqlite", _connect_sqlite),
        "psycopg2": Driver("psycopg2", "psycopg2", _connect_postgresql),
        "psycopg": Driver("psycopg", "psycopg", _connect_postgresql),
        "pymysql": Driver("pymysql", "pymysql", _connect_mysql),
        "mysqlclient": Driver(
            "MySQLdb",
            "mysqldb",
            _connect_mysql,
            "it is built from source and needs MariaDB's client headers: "
            "CI=true python -m tests.containers prepare installs both",
        ),
    }
)


def load(name: str) -> Any:
    """The driver's module. Imported here and not before: collecting tests needs no driver."""
    driver = DRIVERS[name]
    try:
        return import_module(driver.module)
    except ImportError as error:
        raise DriverMissingError(
            f"driver {name} is not installed ({error}); {driver.advice}"
        ) from error


def connect(name: str, address: Address) -> Any:
    """A new raw connection."""
    return DRIVERS[name].connect(load(name), address)


def url(dialect: str, name: str, address: Address) -> str:
    """The URL that an engine is made from.

    >>> url("postgresql", "psycopg2", Address("h", 5432, "me", "p@ss", "db"))
    'postgresql+psycopg2://me:p%40ss@h:5432/db'
    >>> url("sqlite", "pysqlite", Address(database="/tmp/x.db"))
    'sqlite+pysqlite:////tmp/x.db'
    """
    scheme = f"{dialect}+{DRIVERS[name].url_name}"
    if not address.host:
        return f"{scheme}:///{address.database}"
    login = f"{quote(address.user, safe='')}:{quote(address.password, safe='')}"
    return f"{scheme}://{login}@{address.host}:{address.port}/{address.database}"


DEFAULT_PORTS = MappingProxyType({"postgresql": 5432, "mysql": 3306, "mariadb": 3306})
DEFAULT_DATABASES = MappingProxyType(
    {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql"}
)


def parse_url(text: str, dialect: str) -> Address:
    """The address in ``TOOLKIT_TEST_<NAME>_URL``; a driver in it says nothing, all are tried."""
    parts = urlsplit(text)
    if parts.scheme.partition("+")[0] != dialect or not parts.hostname or parts.query:
        raise AddressError(f"expected {dialect}://user:password@host:port/database, no options")
    # MySQL's clients take this name to mean a socket file.
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    return Address(
        host,
        parts.port or DEFAULT_PORTS[dialect],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.path.lstrip("/") or DEFAULT_DATABASES[dialect],
    )


def query(connection: Any, statement: str) -> Any:
    """The first value of the first row."""
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        return cursor.fetchone()[0]
    finally:
        cursor.close()


VERSION_QUERIES = MappingProxyType(
    {
        "sqlite": "select sqlite_version()",
        "postgresql": "show server_version",
        "mysql": "select version()",
        "mariadb": "select version()",
    }
)


def server_version(dialect: str, connection: Any) -> str:
    """The version alone, without what packagers add.

    PostgreSQL answers "18.0 (Debian 18.0-1)", MariaDB "11.8.3-MariaDB-1".
    """
    answer = query(connection, VERSION_QUERIES[dialect])
    found = re.match(r"[\d.]+\w*", answer)
    return found.group() if found else str(answer)


def make_database(dialect: str, driver: str, address: Address, name: str) -> Address:
    """Make an empty database and return its address."""
    charset = "" if dialect == "postgresql" else " character set utf8mb4"
    administer(driver, address, f"create database {name}{charset}")
    return Address(address.host, address.port, address.user, address.password, name)


def drop_database(dialect: str, driver: str, address: Address, name: str) -> None:
    """Drop it, whoever is still connected."""
    force = " with (force)" if dialect == "postgresql" else ""
    administer(driver, address, f"drop database if exists {name}{force}")


def administer(driver: str, address: Address, statement: str) -> None:
    """Run one statement that no transaction may hold."""
    connection = connect(driver, address)
    try:
        if driver in {"psycopg2", "psycopg"}:
            connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()
    finally:
        connection.close()
