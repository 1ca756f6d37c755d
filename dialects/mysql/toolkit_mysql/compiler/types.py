"""Writing types."""

from __future__ import annotations

from toolkit_core.compiler.ansi.types import ansi_types
from toolkit_core.compiler.type_rules import TypeRules

mysql_type_rules = TypeRules("mysql", ansi_types)
mariadb_type_rules = TypeRules("mariadb", mysql_type_rules)
