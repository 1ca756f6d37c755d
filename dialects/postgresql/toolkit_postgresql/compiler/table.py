"""PostgreSQL's table of rules, on top of the standard's."""

from __future__ import annotations

from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.rules import Rules

postgresql = Rules("postgresql", ansi)
