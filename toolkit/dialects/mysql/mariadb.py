"""MariaDB, where it is not MySQL."""

from toolkit_mysql.plugin import mariadb_plugin

dialect = mariadb_plugin.dialect

__all__ = ["dialect"]
