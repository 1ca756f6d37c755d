"""How MySQL writes what it writes differently; the same file names as the standard's rules."""

from toolkit_mysql.compiler import given_rows, merge, upsert
from toolkit_mysql.compiler.table import mariadb, mysql
from toolkit_mysql.compiler.types import mariadb_type_rules, mysql_type_rules

__all__ = [
    "given_rows",
    "mariadb",
    "mariadb_type_rules",
    "merge",
    "mysql",
    "mysql_type_rules",
    "upsert",
]
