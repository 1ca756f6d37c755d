"""PostgreSQL's tables of types, on top of what types do by themselves."""

from __future__ import annotations

from toolkit_core.dialect.types import TypeTable, generic

postgresql_types = TypeTable(generic)
