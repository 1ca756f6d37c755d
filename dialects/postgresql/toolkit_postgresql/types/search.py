"""What text search works with.  https://www.postgresql.org/docs/current/datatype-textsearch.html."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import TypeDialect, TypeEngine, Writes
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.table import postgresql_types


class TSVECTOR(TypeEngine[str]):
    """A document as a sorted list of its words: text."""

    visit_name = "TSVECTOR"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


class TSQUERY(TypeEngine[str]):
    """A query of words: text."""

    visit_name = "TSQUERY"

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str


@postgresql_types.literal(TSVECTOR, TSQUERY)
def write_search(type_: TypeEngine[Any], dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed(type_.visit_name, dialect)
