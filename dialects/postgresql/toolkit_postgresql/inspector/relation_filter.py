"""Which relations a query is about.

https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SCHEMA
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.inspector import Wanted

VISIBLE = "pg_catalog.pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog'"


def in_schema(schema: str | None) -> tuple[str, dict[str, Any]]:
    """Return the condition for all relations of a schema, and its values.

    Without a schema, those that can be named without one: on the search path.
    """
    if schema is None:
        return VISIBLE, {}
    return "n.nspname = :schema", {"schema": schema}


def among(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Return the condition for the relations that are asked about, and its values."""
    if wanted.all:
        return in_schema(wanted.schema)
    return "c.oid IN :keys", {"keys": wanted.keys}
