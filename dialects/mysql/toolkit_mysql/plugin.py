"""The entry points: MySQL and MariaDB with their drivers."""

from __future__ import annotations

from toolkit_core.dialect import DialectPlugin
from toolkit_mysql.dialect import make

_DRIVERS = {
    "pymysql": "toolkit_mysql.drivers.pymysql:PyMySQL",
    "mysqldb": "toolkit_mysql.drivers.mysqlclient:MySQLClient",
}
plugin = DialectPlugin(name="mysql", default_driver="pymysql", drivers=_DRIVERS, make=make)
mariadb_plugin = DialectPlugin(
    name="mariadb", default_driver="pymysql", drivers=_DRIVERS, make=make
)
