"""MySQL's table of types, on top of what types do by themselves, and MariaDB's on top of that."""

from __future__ import annotations

from toolkit_core.dialect.types import TypeTable, generic

mysql_types = TypeTable(generic)
mariadb_types = TypeTable(mysql_types)
