"""What the errors of MySQL and MariaDB mean, from their numbers and messages.

https://dev.mysql.com/doc/mysql-errors/9.0/en/server-error-reference.html
https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from toolkit_core.dialect import ErrorFacts, IntegrityKind

# The columns of an index of a table, asked of the server.
Columns = Callable[[str, str], "tuple[str, ...]"]

_GONE = ErrorFacts(disconnect=True)
_DEADLOCK = ErrorFacts(
    retryable=True, sqlstate="40001", hint="engine.run(work) tries the transaction again"
)
_LOCKED = ErrorFacts(
    retryable=True,
    hint="engine.run(work) tries again; innodb_lock_wait_timeout says how long to wait",
)
_TIMEOUT = ErrorFacts(timeout=True)
_DENIED = ErrorFacts(hint="see the user's name and password; URL.create() quotes what needs it")
_FULL = ErrorFacts(
    hint="all processes together may hold max_connections of the server: a smaller pool_size"
)

_FACTS: Mapping[int, ErrorFacts] = {
    # -- the connection is lost ---------------------------------------------------------
    1053: _GONE,  # the server shuts down
    1077: _GONE,
    1079: _GONE,
    1152: _GONE,  # aborted
    1159: _GONE,
    1161: _GONE,
    1184: _GONE,
    1927: _GONE,  # MariaDB: KILL
    2002: ErrorFacts(hint="see that the server runs, and the socket's or the host's name"),
    2003: ErrorFacts(hint="see that the server runs, and its host and port in the URL"),
    2006: _GONE,
    2013: _GONE,
    2014: _GONE,
    2027: _GONE,
    2045: _GONE,
    2055: _GONE,
    3169: _GONE,  # MySQL: KILL
    4031: _GONE,  # MySQL: idle for longer than wait_timeout
    # -- trying again may help ----------------------------------------------------------
    1020: _DEADLOCK,  # MariaDB's innodb_snapshot_isolation: the row has changed since
    1205: _LOCKED,
    1213: _DEADLOCK,
    1614: _DEADLOCK,
    3058: _DEADLOCK,
    3572: _LOCKED,  # NOWAIT
    # -- it was stopped -----------------------------------------------------------------
    1317: ErrorFacts(cancelled=True),
    1969: _TIMEOUT,  # MariaDB's max_statement_time
    3024: _TIMEOUT,  # MySQL's max_execution_time
    # -- it cannot be let in ------------------------------------------------------------
    1040: _FULL,
    1203: _FULL,
    1226: _FULL,
    1044: _DENIED,
    1045: _DENIED,
    1049: ErrorFacts(hint="see the database's name in the URL; CREATE DATABASE makes one"),
    1115: ErrorFacts(hint="charset=utf8mb4 in the URL is what every server knows"),
    1366: ErrorFacts(hint="the column's character set has no such character: utf8mb4 has all"),
}
_NOTHING = ErrorFacts()


def classify(error: BaseException, columns: Columns = lambda table, index: ()) -> ErrorFacts:
    """Tell what an error means; ``columns`` is asked for those of an index that refused a row.

    >>> classify(Exception(1213, "Deadlock found when trying to get lock")).retryable
    True
    """
    code = error.args[0] if error.args else None
    if not isinstance(code, int):
        return _NOTHING
    facts = _facts(code, error, columns)
    # PyMySQL tells what the server has sent; the C library keeps it to itself.
    sqlstate: str | None = getattr(error, "sqlstate", None)
    return facts.but(sqlstate=sqlstate) if sqlstate else facts


def _facts(code: int, error: BaseException, columns: Columns) -> ErrorFacts:
    reading = _VIOLATIONS.get(code)
    if reading is not None:
        message = str(error.args[1]) if len(error.args) > 1 else ""
        return reading(message, columns)
    if code == 0:
        # What drivers say of a connection that they have closed already.
        return _GONE
    return _FACTS.get(code, _NOTHING)


# -- constraints ------------------------------------------------------------------------


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)


def _duplicate(message: str, columns: Columns) -> ErrorFacts:
    """Duplicate entry '1-x' for key 'table.index'; MariaDB leaves the table out."""
    found = _pattern(r".* for key '(?:(.*?)\.)?([^']*)'").match(message)
    if found is None:
        return ErrorFacts(kind=IntegrityKind.UNIQUE, sqlstate="23000")
    table, index = found.groups()
    return ErrorFacts(
        kind=IntegrityKind.PRIMARY_KEY if index == "PRIMARY" else IntegrityKind.UNIQUE,
        sqlstate="23000",
        constraint=index,
        table=table,
        columns=columns(table, index) if table else (),
    )


def _foreign_key(message: str, columns: Columns) -> ErrorFacts:
    """… fails (`db`.`table`, CONSTRAINT `name` FOREIGN KEY (`a`, `b`) REFERENCES …)."""
    found = _pattern(
        r".*\((?:`[^`]*`\.)?`([^`]*)`, CONSTRAINT `([^`]*)` FOREIGN KEY \((.*?)\)"
    ).match(message)
    if found is None:
        return ErrorFacts(kind=IntegrityKind.FOREIGN_KEY, sqlstate="23000")
    return ErrorFacts(
        kind=IntegrityKind.FOREIGN_KEY,
        sqlstate="23000",
        table=found[1],
        constraint=found[2],
        columns=tuple(_pattern("`([^`]*)`").findall(found[3])),
    )


def _not_null(message: str, columns: Columns) -> ErrorFacts:
    """Column 'a' cannot be null."""
    found = _pattern(r"[^']*'(.*)'").match(message)
    return ErrorFacts(
        kind=IntegrityKind.NOT_NULL, sqlstate="23000", columns=(found[1],) if found else ()
    )


def _check(message: str, columns: Columns) -> ErrorFacts:
    """Check constraint 'name' is violated; MariaDB: CONSTRAINT `name` failed for `db`.`table`."""
    found = _pattern(r"[^'`]*['`](.*?)['`](?: failed for `[^`]*`\.`([^`]*)`)?").match(message)
    name, table = found.groups() if found else (None, None)
    if name is not None and table is not None and name.startswith(f"{table}."):
        # MariaDB's CHECK of a column has no name but the column's.
        return ErrorFacts(
            kind=IntegrityKind.CHECK,
            sqlstate="23000",
            table=table,
            columns=(name.removeprefix(f"{table}."),),
        )
    return ErrorFacts(kind=IntegrityKind.CHECK, sqlstate="23000", constraint=name, table=table)


_VIOLATIONS: Mapping[int, Callable[[str, Columns], ErrorFacts]] = {
    1022: _duplicate,
    1048: _not_null,
    1062: _duplicate,
    1169: _duplicate,
    1216: _foreign_key,
    1217: _foreign_key,
    1451: _foreign_key,
    1452: _foreign_key,
    1586: _duplicate,
    3819: _check,
    4025: _check,
}
