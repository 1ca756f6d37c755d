"""Which columns of a table can make a row the same as another, as far as the table says."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.column_defaults import key_columns
from toolkit_core.schema import UniqueConstraint


def unique_keys(table: Any) -> list[frozenset[str]]:
    """Return the keys of the columns of each primary key, unique constraint and unique index.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> person = Table("p", MetaData(), Column("id", primary_key=True), Column("mail", unique=True))
    >>> [sorted(key) for key in unique_keys(person)]
    [['id'], ['mail']]
    """
    found = {frozenset(column.key for column in key_columns(table))}
    found |= {
        frozenset(constraint.columns.keys())
        for constraint in getattr(table, "constraints", ())
        if isinstance(constraint, UniqueConstraint)
    }
    found |= {
        frozenset(index.columns.keys()) for index in getattr(table, "indexes", ()) if index.unique
    }
    return sorted(filter(None, found), key=lambda key: (len(key), sorted(key)))
