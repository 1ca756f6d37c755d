"""What a column says of its default values: the one place that asks it.

A column may be of a table, or only look like one (``table()``, a view): then it says nothing.
"""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node
from toolkit_core.types import Integer

# What a default is to the statement that is written.
NONE = 0
# A Python value, or a function that gives one: it is sent as a parameter.
SENT = 1
# An expression that stands in the statement.
WRITTEN = 2
# The server has it.
SERVER = 3


def default_of(column: Any, *, updating: bool) -> tuple[int, Any]:
    """Return the kind of a column's default, and the default itself.

    >>> from toolkit_core.schema import Column
    >>> default_of(Column("id"), updating=False)
    (0, None)
    """
    default = getattr(column, "onupdate" if updating else "default", None)
    if default is not None and not getattr(default, "is_sentinel", False):
        if getattr(default, "is_clause_element", False):
            return WRITTEN, default.arg
        if not getattr(default, "is_sequence", False):
            return SENT, default
        if not getattr(default, "optional", False):
            return WRITTEN, default.next_value()
    server = getattr(column, "server_onupdate" if updating else "server_default", None)
    return (NONE, None) if server is None else (SERVER, server)


def key_columns(table: Node) -> tuple[Any, ...]:
    """Return the columns of the primary key of a table."""
    columns: Any = getattr(table, "c", ())
    return tuple([one for one in columns if getattr(one, "primary_key", False)])


def mark_column(table: Node) -> Any:
    """Return the column by which rows are told apart, if a table says that it has one."""
    columns: Any = getattr(table, "c", ())
    return next((one for one in columns if getattr(one, "_insert_sentinel", False)), None)


def counted_column(table: Node) -> Any:
    """Return the column that the server numbers by itself; None if there is none."""
    if hasattr(table, "autoincrement_column"):
        return table.autoincrement_column
    key = key_columns(table)
    if len(key) == 1 and key[0].type.family is Integer.family:
        return key[0]
    return None
