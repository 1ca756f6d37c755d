"""MySQL and MariaDB.

>>> dialect().name
'mysql'
>>> VARCHAR(50, charset="utf8mb4").compile(dialect())
'VARCHAR(50) CHARACTER SET utf8mb4'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit import lazy
from toolkit.dialects.mysql import mariadb, mysqldb, pymysql
from toolkit.dialects.mysql.pymysql import dialect
from toolkit_core.types import BINARY, BLOB, BOOLEAN, DATE, VARBINARY
from toolkit_mysql.types import (
    BIGINT,
    BIT,
    CHAR,
    DATETIME,
    DECIMAL,
    DOUBLE,
    ENUM,
    FLOAT,
    INET4,
    INET6,
    INTEGER,
    JSON,
    LONGBLOB,
    LONGTEXT,
    MEDIUMBLOB,
    MEDIUMINT,
    MEDIUMTEXT,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SET,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    TINYBLOB,
    TINYINT,
    TINYTEXT,
    VARCHAR,
    YEAR,
)

if TYPE_CHECKING:
    from toolkit_mysql.insert import MySQLInsert as Insert
    from toolkit_mysql.insert import insert
    from toolkit_mysql.limit import limit
    from toolkit_mysql.match import match

__all__ = [
    "BIGINT",
    "BINARY",
    "BIT",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "ENUM",
    "FLOAT",
    "INET4",
    "INET6",
    "INTEGER",
    "JSON",
    "LONGBLOB",
    "LONGTEXT",
    "MEDIUMBLOB",
    "MEDIUMINT",
    "MEDIUMTEXT",
    "NCHAR",
    "NUMERIC",
    "NVARCHAR",
    "REAL",
    "SET",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TINYBLOB",
    "TINYINT",
    "TINYTEXT",
    "VARBINARY",
    "VARCHAR",
    "YEAR",
    "Insert",
    "dialect",
    "insert",
    "limit",
    "mariadb",
    "match",
    "mysqldb",
    "pymysql",
]

_ELSEWHERE = {
    "Insert": ("toolkit_mysql.insert", "MySQLInsert"),
    "insert": ("toolkit_mysql.insert", "insert"),
    "limit": ("toolkit_mysql.limit", "limit"),
    "match": ("toolkit_mysql.match", "match"),
}


def __getattr__(name: str) -> Any:
    home, inner = _ELSEWHERE.get(name, ("", name))
    return lazy.fetch(__name__, {inner: home} if home else {}, inner)
