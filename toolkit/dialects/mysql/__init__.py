"""MySQL and MariaDB.

>>> dialect().name
'mysql'
"""

from toolkit.dialects.mysql import mariadb, mysqldb, pymysql
from toolkit.dialects.mysql.pymysql import dialect

__all__ = ["dialect", "mariadb", "mysqldb", "pymysql"]
