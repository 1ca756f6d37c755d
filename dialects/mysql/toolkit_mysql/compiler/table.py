"""MySQL's table of rules, on top of the standard's, and MariaDB's on top of that."""

from __future__ import annotations

from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.rules import Rules

mysql = Rules("mysql", ansi)
mariadb = Rules("mariadb", mysql)
# For a URL that says MySQL where MariaDB answers: what is meant for the name is still for it.
mysql_on_mariadb = Rules("mysql", mariadb)
