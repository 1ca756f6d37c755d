"""The table of rules that every dialect's begins with."""

from __future__ import annotations

from toolkit_core.compiler.rules import Rules

ansi = Rules("ansi")
