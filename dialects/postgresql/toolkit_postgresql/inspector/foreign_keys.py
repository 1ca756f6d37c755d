"""Foreign keys, from the rows of the catalogue.

https://www.postgresql.org/docs/current/catalog-pg-constraint.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.inspector import ReflectedForeignKeyConstraint

_ACTIONS = {"r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_MATCHES = {"f": "FULL", "p": "PARTIAL"}


def foreign_keys_of(
    rows: list[Any], schema: str | None, default: str | None, *, ignore_search_path: bool
) -> ReflectedForeignKeyConstraint:
    """Return one foreign key, from a row for each of its columns."""
    first = rows[0]
    return {
        "name": first.conname,
        "constrained_columns": [row.attname for row in rows],
        "referred_schema": _schema(first, schema, default, ignore_search_path=ignore_search_path),
        "referred_table": first.referred,
        "referred_columns": [row.target for row in rows],
        "options": _options(first),
        "comment": first.comment,
    }


def _schema(
    row: Any, schema: str | None, default: str | None, *, ignore_search_path: bool
) -> str | None:
    """Return the schema that must be named to find the table that is pointed to."""
    there: str = row.referred_schema
    if ignore_search_path:
        return there if there != default else schema
    # The schema that was asked for is named, as the table itself then is.
    return there if not row.visible or there == schema else None


def _options(row: Any) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if row.confupdtype in _ACTIONS:
        options["onupdate"] = _ACTIONS[row.confupdtype]
    if row.confdeltype in _ACTIONS:
        options["ondelete"] = _ACTIONS[row.confdeltype]
        if row.set_columns:
            options["ondelete"] += f" ({', '.join(row.set_columns)})"
    if row.condeferrable:
        options["deferrable"] = True
    if row.condeferred:
        options["initially"] = "DEFERRED"
    if row.confmatchtype in _MATCHES:
        options["match"] = _MATCHES[row.confmatchtype]
    return options
