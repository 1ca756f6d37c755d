"""A connection that writes DDL and sends it to sqlite3, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import Dialect
from toolkit_core.plugins import find_dialect
from toolkit_core.schema import BaseDDLElement

SQLITE: Dialect = find_dialect("sqlite")


def written(element: Any, dialect: Any = SQLITE, schemas: Any = None) -> str:
    writer = Writer(dialect.rules, dialect.style, dialect, schemas=schemas)
    writer.write(element)
    return writer.finished()


class Executor:
    """Executes DDL elements, text and strings; ``sent`` has the SQL."""

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self.raw = sqlite3.connect(":memory:")
        self.dialect = SQLITE
        self.sent: list[str] = []
        self._options = options or {}
        self.connection = SimpleNamespace(dbapi_connection=self.raw)

    def get_execution_options(self) -> Mapping[str, Any]:
        return self._options

    def execute(self, statement: Any) -> Any:
        sql = str(statement)
        if isinstance(statement, BaseDDLElement):
            sql = written(statement, schemas=self._options.get("schema_translate_map"))
        self.sent.append(" ".join(sql.split()))
        return self.raw.execute(sql)

    def names(self, kind: str = "table") -> list[str]:
        sql = "SELECT name FROM sqlite_master WHERE type = ? ORDER BY rowid"
        return [row[0] for row in self.raw.execute(sql, (kind,))]

    def begin(self) -> Any:
        """Not an engine: whoever asks for a transaction is told so."""
        raise AssertionError("a connection is used as it is")

    def in_transaction(self) -> bool:
        return True
