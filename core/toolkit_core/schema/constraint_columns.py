"""From what a constraint was given to the columns of its table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, ConstraintColumnNotFoundError
from toolkit_core.expression.node import Node
from toolkit_core.nearest import nearest

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table


def column_of(given: Any) -> Any:
    """Return a column, or the name of one."""
    if isinstance(given, (str, Node)):
        return given
    if hasattr(given, "__clause_element__"):
        return given.__clause_element__()
    raise ArgumentError(f"String column name or column expression expected, got {given!r}")


def table_of(column: Any) -> Any:
    """Return the table that a column is in."""
    return getattr(column, "table", None)


def columns_in(table: Table, given: Iterable[Any], item: Any) -> list[Any]:
    """Return the columns of a table that an item was given, by key or themselves."""
    found = []
    strangers = []
    for one in given:
        if isinstance(one, str):
            found.append(column_named(table, one, item))
        else:
            if table_of(one) not in (None, table):
                strangers.append(f"{table_of(one).name}.{one.name}")
            found.append(one)
    if strangers:
        raise ArgumentError(
            f"Column(s) {', '.join(repr(one) for one in strangers)} are not part of "
            f"table {str(table)!r}."
        )
    return found


def column_named(table: Table, name: str, item: Any) -> Any:
    """Return a column by its key, or say which ones there are."""
    found = table._columns.get(name)
    if found is None:
        keys = table._columns.keys()
        near = nearest(name, keys)
        raise ConstraintColumnNotFoundError(
            f"Can't create {type(item).__name__} on table {str(table.name)!r}: no column named "
            f"{name!r} is present.",
            hint=f"did you mean {near!r}?" if near else "it has " + (", ".join(keys) or "none"),
        )
    return found
