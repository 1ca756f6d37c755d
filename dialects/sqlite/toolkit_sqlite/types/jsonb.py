"""JSON in the binary form that SQLite has from its version 3.45 on.

https://sqlite.org/jsonb.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import Style
from toolkit_core.dialect.expressions import func
from toolkit_core.dialect.types import JSON
from toolkit_sqlite.compiler.types import sqlite_type_rules


class JSONB(JSON[Any]):
    """JSON that SQLite keeps as bytes, which it need not read again to look into them.

    >>> from toolkit import Column, MetaData, Table, select
    >>> from toolkit.dialects import sqlite
    >>> notes = Table("notes", MetaData(), Column("data", JSONB))
    >>> print(select(notes.c.data).compile(dialect=sqlite.dialect()))
    SELECT json(notes.data) AS data
    FROM notes
    """

    visit_name = "JSONB"

    def bind_expression(self, bindvalue: Any) -> Any:
        """Have SQLite make the binary form of the text that is sent."""
        return func.jsonb(bindvalue, type_=self)

    def column_expression(self, column: Any) -> Any:
        """Have SQLite make text of it, which is read."""
        return func.json(column, type_=self)


@sqlite_type_rules(JSONB)
def write_jsonb(style: Style, type_: JSONB) -> str:
    """Write the name."""
    return "JSONB"
