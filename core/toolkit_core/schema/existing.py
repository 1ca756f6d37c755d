"""What of a schema is in the database already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.schema.constants import CheckFirst


class Existing:
    """Asks a connection's driver what is there; tables are asked for at once, once per schema.

    What is not looked for, because ``checkfirst`` says so or the connection is a mock, is as
    ``otherwise`` says: not there for who creates, there for who drops.
    """

    def __init__(self, connection: Any, checked: CheckFirst, *, otherwise: bool) -> None:
        self._connection = connection
        self._otherwise = otherwise
        fairy = getattr(connection, "connection", None)
        self._raw: Any = getattr(fairy, "dbapi_connection", None)
        self._checked = CheckFirst.NONE if self._raw is None else checked
        self._driver = connection.dialect.glue
        self._there: dict[str | None, set[str]] = {}

    def look_for(self, tables: Iterable[Any]) -> None:
        """Ask for many tables and views, with one question per schema."""
        wanted: dict[str | None, list[str]] = {}
        for table in tables:
            if self._looks_for(table):
                wanted.setdefault(self._schema(table), []).append(str(table.name))
        for schema, names in wanted.items():
            self._there[schema] = set(self._driver.has_tables(self._raw, names, schema))

    def has_table(self, table: Any) -> bool:
        """Tell whether a table that was looked for is there."""
        if not self._looks_for(table):
            return self._otherwise
        return str(table.name) in self._there[self._schema(table)]

    def has_index(self, index: Any) -> bool:
        """Tell whether an index is there."""
        if CheckFirst.INDEXES not in self._checked:
            return self._otherwise
        found: bool = self._driver.has_index(
            self._raw, str(index.table.name), str(index.name), self._schema(index.table)
        )
        return found

    def has_sequence(self, sequence: Any) -> bool:
        """Tell whether a sequence is there."""
        if CheckFirst.SEQUENCES not in self._checked:
            return self._otherwise
        found: bool = self._driver.has_sequence(
            self._raw, str(sequence.name), self._schema(sequence)
        )
        return found

    def has_type(self, type_: Any) -> bool:
        """Tell whether a type with a name of its own is there."""
        if CheckFirst.TYPES not in self._checked:
            return self._otherwise
        found: bool = self._driver.has_type(self._raw, str(type_.name), self._schema(type_))
        return found

    def _looks_for(self, table: Any) -> bool:
        return (CheckFirst.VIEWS if table.is_view else CheckFirst.TABLES) in self._checked

    def _schema(self, item: Any) -> str | None:
        """Return the schema that an item is in, as the connection's options translate it."""
        schema: str | None = item.schema
        options: Any = getattr(self._connection, "get_execution_options", dict)()
        translated = (options.get("schema_translate_map") or {}).get(schema, schema)
        return None if translated is None else str(translated)
