"""How values travel to MySQL and MariaDB and back."""

from toolkit_mysql.types.table import mariadb_types, mysql_types

__all__ = ["mariadb_types", "mysql_types"]
