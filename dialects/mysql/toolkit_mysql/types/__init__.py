"""How values travel to MySQL and MariaDB and back."""

from toolkit_mysql.types import unique_id
from toolkit_mysql.types.enumeration import ENUM, SET
from toolkit_mysql.types.json_type import JSON
from toolkit_mysql.types.network import INET4, INET6
from toolkit_mysql.types.number import (
    BIGINT,
    BIT,
    DECIMAL,
    DOUBLE,
    FLOAT,
    INTEGER,
    MEDIUMINT,
    NUMERIC,
    REAL,
    SMALLINT,
    TINYINT,
)
from toolkit_mysql.types.string import (
    CHAR,
    LONGBLOB,
    LONGTEXT,
    MEDIUMBLOB,
    MEDIUMTEXT,
    NCHAR,
    NVARCHAR,
    TEXT,
    TINYBLOB,
    TINYTEXT,
    VARCHAR,
)
from toolkit_mysql.types.table import mariadb_types, mysql_types
from toolkit_mysql.types.temporal import DATETIME, TIME, TIMESTAMP, YEAR

__all__ = [
    "BIGINT",
    "BIT",
    "CHAR",
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
    "VARCHAR",
    "YEAR",
    "mariadb_types",
    "mysql_types",
    "unique_id",
]
