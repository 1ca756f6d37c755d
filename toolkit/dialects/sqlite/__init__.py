"""SQLite.

>>> dialect().name
'sqlite'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit import lazy
from toolkit.dialects.sqlite import pysqlite
from toolkit.dialects.sqlite.pysqlite import dialect
from toolkit_core.types import (
    BLOB,
    BOOLEAN,
    CHAR,
    DECIMAL,
    FLOAT,
    INTEGER,
    JSON,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    TIMESTAMP,
    VARCHAR,
)
from toolkit_sqlite.types import DATE, DATETIME, TIME

if TYPE_CHECKING:
    from toolkit_core.expression.conflict import ConflictInsert as Insert
    from toolkit_core.expression.conflict import conflict_insert as insert

__all__ = [
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "FLOAT",
    "INTEGER",
    "JSON",
    "NUMERIC",
    "REAL",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "VARCHAR",
    "Insert",
    "dialect",
    "insert",
    "pysqlite",
]

_ELSEWHERE = {"Insert": "ConflictInsert", "insert": "conflict_insert"}


def __getattr__(name: str) -> Any:
    inner = _ELSEWHERE.get(name)
    homes = {} if inner is None else {inner: "toolkit_core.expression.conflict"}
    return lazy.fetch(__name__, homes, inner or name)
