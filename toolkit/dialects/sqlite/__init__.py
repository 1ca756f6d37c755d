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
    from toolkit_sqlite.types.jsonb import JSONB

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
    "JSONB",
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

_HOMES = {
    "Insert": ("ConflictInsert", "toolkit_core.expression.conflict"),
    "JSONB": ("JSONB", "toolkit_sqlite.types.jsonb"),
    "insert": ("conflict_insert", "toolkit_core.expression.conflict"),
}


def __getattr__(name: str) -> Any:
    inner, home = _HOMES.get(name, (name, None))
    return lazy.fetch(__name__, {} if home is None else {inner: home}, inner)
