"""What is in a MySQL or MariaDB database."""

from toolkit_mysql.inspector.catalogue import MySQLCatalogue

__all__ = ["MySQLCatalogue"]
