"""Writing types."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.types import ansi_types
from toolkit_core.compiler.type_rules import TypeRules
from toolkit_core.dialect import Style
from toolkit_sqlite.types import DATE, DATETIME, TIME

sqlite_type_rules = TypeRules("sqlite", ansi_types)


@sqlite_type_rules(DATE, DATETIME, TIME)
def write_temporal(style: Style, type_: Any) -> str:
    """Write a name that makes SQLite keep digits as text, where there is nothing else in them.

    https://sqlite.org/datatype3.html#determination_of_column_affinity
    """
    name: str = type_.visit_name
    return name if type_.format_is_text_affinity else f"{name}_CHAR"
