"""The Inspector of PostgreSQL, with what only PostgreSQL has."""

from __future__ import annotations

from typing import Any

from toolkit_core.inspection.inspector import Inspector
from toolkit_postgresql.inspector.catalogue import PostgreSQLCatalogue


class PGInspector(Inspector):
    """Tells what is in a PostgreSQL database: also enums, domains and foreign tables."""

    @property
    def _catalogue(self) -> PostgreSQLCatalogue:
        found: Any = self._reading.catalogue
        catalogue: PostgreSQLCatalogue = found
        return catalogue

    def get_enums(self, schema: str | None = None) -> list[dict[str, Any]]:
        """Return the enums of a schema; ``*`` stands for all schemas."""
        return [_public(one) for one in self._catalogue.enums(schema)]

    def get_domains(self, schema: str | None = None) -> list[dict[str, Any]]:
        """Return the domains of a schema; ``*`` stands for all schemas."""
        return [
            {**_public(one), "type": _plain(one["type"])} for one in self._catalogue.domains(schema)
        ]

    def get_foreign_table_names(self, schema: str | None = None) -> list[str]:
        """Return the names of the tables of other servers."""
        return [one.name for one in self._reading.relations(schema, {}) if not one.listed]

    def get_table_oid(self, table_name: str, schema: str | None = None) -> int:
        """Return the number by which the catalogue knows a table."""
        oid: int = self._reading.table(table_name, schema, {}).key
        return oid

    def has_type(self, type_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Tell whether there is a type of that name, built in or not."""
        return self._catalogue.has_type(type_name, schema)


def _public(said: Any) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != "spelled"}


def _plain(spelled: str) -> str:
    """Return the name of a type without its length.

    >>> _plain("character varying(20)")
    'character varying'
    """
    return spelled.partition("(")[0]
