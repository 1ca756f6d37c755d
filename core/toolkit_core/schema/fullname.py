"""How a table is called in its MetaData."""

from __future__ import annotations


def table_key(name: str, schema: str | None) -> str:
    """Return the key of a table: its name, behind its schema's if it has one.

    >>> table_key("t", None), table_key("t", "s")
    ('t', 's.t')
    """
    return name if schema is None else f"{schema}.{name}"
