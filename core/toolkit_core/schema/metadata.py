"""A collection of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table


class MetaData:
    """The tables of a database, by name."""

    def __init__(self, schema: str | None = None) -> None:
        self.schema = schema
        self.tables: dict[str, Table] = {}
