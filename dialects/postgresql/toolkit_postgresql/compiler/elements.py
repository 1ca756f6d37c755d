"""PostgreSQL's casts."""

from __future__ import annotations

from toolkit_core.compiler.ansi.elements import refuse_try_cast
from toolkit_core.compiler.expression_nodes import TryCast
from toolkit_postgresql.compiler.table import postgresql

postgresql(TryCast)(refuse_try_cast)
