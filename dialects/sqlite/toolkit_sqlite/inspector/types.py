"""Types by the names that columns were declared with.

https://sqlite.org/datatype3.html#determination_of_column_affinity
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from toolkit_core.dialect import warn
from toolkit_core.dialect.standard_types import (
    BIGINT,
    BLOB,
    BOOLEAN,
    CHAR,
    DECIMAL,
    DOUBLE,
    FLOAT,
    INTEGER,
    JSON,
    NCHAR,
    NULLTYPE,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIMESTAMP,
    VARCHAR,
    TypeEngine,
)
from toolkit_sqlite.types import DATE, DATETIME, TIME

_BY_NAME: dict[str, type[TypeEngine[Any]]] = {
    "BIGINT": BIGINT,
    "BLOB": BLOB,
    "BOOL": BOOLEAN,
    "BOOLEAN": BOOLEAN,
    "CHAR": CHAR,
    "DATE": DATE,
    "DATE_CHAR": DATE,
    "DATETIME": DATETIME,
    "DATETIME_CHAR": DATETIME,
    "DOUBLE": DOUBLE,
    "DECIMAL": DECIMAL,
    "FLOAT": FLOAT,
    "INT": INTEGER,
    "INTEGER": INTEGER,
    "JSON": JSON,
    "NUMERIC": NUMERIC,
    "REAL": REAL,
    "SMALLINT": SMALLINT,
    "TEXT": TEXT,
    "TIME": TIME,
    "TIME_CHAR": TIME,
    "TIMESTAMP": TIMESTAMP,
    "VARCHAR": VARCHAR,
    "NVARCHAR": NVARCHAR,
    "NCHAR": NCHAR,
}


@cache
def type_named(declared: str) -> TypeEngine[Any]:
    """Return the type that a column was declared with; SQLite takes any words.

    >>> type_named("VARCHAR(30)"), type_named("tiny int"), type_named("")
    (VARCHAR(length=30), INTEGER(), NullType())
    """
    found = re.match(r"([\w ]+)(\(.*?\))?", declared)
    name = found[1].strip().upper() if found else ""
    cls = _BY_NAME.get(name) or _by_affinity(name)
    if cls is None:
        return NULLTYPE
    numbers = [int(one) for one in re.findall(r"\d+", (found and found[2]) or "")]
    try:
        return cls(*numbers)
    except TypeError:
        warn(
            f"Could not instantiate type {cls.__name__} with reflected arguments {numbers}; "
            "using no arguments."
        )
        return cls()


def _by_affinity(name: str) -> type[TypeEngine[Any]] | None:
    if "INT" in name:
        return INTEGER
    if "CHAR" in name or "CLOB" in name or "TEXT" in name:
        return TEXT
    if "BLOB" in name or not name:
        return None
    if "REAL" in name or "FLOA" in name or "DOUB" in name:
        return REAL
    return NUMERIC
