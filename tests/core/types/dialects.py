"""The dialects that types are tested with: the standard's rules, and SQLite's."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi import ansi_types
from toolkit_core.dialect import Dialect
from toolkit_core.facts import ParamStyle, Style
from toolkit_core.types import TypeTable, generic
from toolkit_sqlite.plugin import plugin


class Standard:
    """The standard, with a style of one's own."""

    name = "standard"
    types: TypeTable = generic
    type_rules = ansi_types

    def __init__(self, **style: Any) -> None:
        self.style = Style(**{"paramstyle": ParamStyle.NAMED, **style})


ANSI = Standard()
SQLITE: Dialect = plugin.dialect()
