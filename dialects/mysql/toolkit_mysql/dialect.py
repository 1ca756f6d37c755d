"""MySQL and MariaDB as dialects: the same drivers, and SQL that has grown apart."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import (
    Capabilities,
    Dialect,
    Driver,
    InvalidRequestError,
    ServerFacts,
    Style,
)
from toolkit_mysql.words import MARIADB as MARIADB_WORDS
from toolkit_mysql.words import MYSQL as MYSQL_WORDS

MARIADB = "MariaDB"

_MYSQL = Capabilities(
    last_row_id=True,
    rewrites_many=True,
    batches_changes=True,
    savepoints=True,
    two_phase=True,
    server_side_cursors=True,
    statement_timeout=True,
    cancel=True,
    autocommit=True,
    alters_constraints=True,
    comments=True,
    inline_comments=True,
    native_enum=True,
)
# https://mariadb.com/docs/server/reference/sql-statements/data-definition/create/create-sequence
_MARIADB = _MYSQL.but(returning=True, sequences=True, optional_sequences=True)

_MYSQL_PARTS: dict[str, Any] = {
    "rules_path": "toolkit_mysql.compiler:mysql",
    "types_path": "toolkit_mysql.types:mysql_types",
    "type_rules_path": "toolkit_mysql.compiler:mysql_type_rules",
    "capabilities": _MYSQL,
}
_MARIADB_PARTS: dict[str, Any] = {
    "rules_path": "toolkit_mysql.compiler:mariadb",
    "types_path": "toolkit_mysql.types:mariadb_types",
    "type_rules_path": "toolkit_mysql.compiler:mariadb_type_rules",
    "capabilities": _MARIADB,
}


# What answers is MariaDB, and what the program has for MySQL is still for it.
_MYSQL_ON_MARIADB: dict[str, Any] = {
    **_MARIADB_PARTS,
    "rules_path": "toolkit_mysql.compiler:mysql_on_mariadb",
}


class MySQL(Dialect, eq=False):
    """MySQL, or MariaDB if that is what answers."""

    __slots__ = ()

    @property
    def is_mariadb(self) -> bool:
        """Whether this is MariaDB: by its name, or because a server has said so."""
        return self.name == "mariadb" or self.server.product == MARIADB

    def knowing(self, server: ServerFacts) -> Dialect:
        """Return the dialect of the server that has answered, as its settings are."""
        found_mariadb = server.product == MARIADB
        if self.name == "mariadb" and not found_mariadb:
            raise InvalidRequestError(
                "MySQL version "
                + ".".join(str(part) for part in server.version or ())
                + " is not a MariaDB variant.",
                hint="mysql://... speaks to both",
            )
        modes = server.settings.get("sql_mode", "").upper().split(",")
        quote = '"' if "ANSI_QUOTES" in modes or "ANSI" in modes else "`"
        style = self.style.but(
            reserved=MARIADB_WORDS if found_mariadb else MYSQL_WORDS,
            opening_quote=quote,
            closing_quote=quote,
            backslash_escapes="NO_BACKSLASH_ESCAPES" not in modes,
        )
        by_url = _MARIADB_PARTS if self.name == "mariadb" else _MYSQL_ON_MARIADB
        parts = by_url if found_mariadb else _MYSQL_PARTS
        return self.but(server=server, style=style, **parts)


def make(name: str, driver: Driver) -> Dialect:
    """Put the dialect together around a driver."""
    mariadb = name == "mariadb"
    style = Style(
        paramstyle=driver.paramstyle,
        opening_quote="`",
        closing_quote="`",
        # Of columns, tables and constraints; an alias may have 256.
        # https://dev.mysql.com/doc/refman/9.0/en/identifier-length.html
        max_identifier=64,
        label_length=255,
        reserved=MARIADB_WORDS if mariadb else MYSQL_WORDS,
        backslash_escapes=True,
    )
    parts = _MARIADB_PARTS if mariadb else _MYSQL_PARTS
    return MySQL(
        name=name,
        glue=driver,
        style=style,
        inspector_path="toolkit_mysql.inspector:MySQLCatalogue",
        **parts,
    )
