"""Writing types."""

from __future__ import annotations

from toolkit_core.compiler.ansi.types import ansi_types
from toolkit_core.compiler.type_rules import TypeRules

postgresql_type_rules = TypeRules("postgresql", ansi_types)
