"""An UPDATE or DELETE that goes by rows, as one that reads from them as from another table."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.delete import Delete
from toolkit_core.expression.given_row import given_row
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.update import Update


def rows_joined(update: Update, rows: GivenRows) -> Update:
    """Return the UPDATE with its conditions and settings written out.

    ``rows`` are its rows, maybe with columns for what is computed for each of them.
    """
    columns = update.table.c
    own: dict[str, Any] = {} if update.row is None else dict(update.row.bound(columns).items())
    set_to = {name: rows.c[name] for name in rows.names if name not in rows.by}
    return update.but(
        row=given_row({**set_to, **own}),
        criteria=(*_met(rows), *update.criteria),
        by_rows=None,
    )


def rows_looked_up(delete: Delete, rows: GivenRows) -> Delete:
    """Return the DELETE with its conditions written out, where a list of keys would not do."""
    return delete.but(
        others=(rows, *delete.others), criteria=(*_met(rows), *delete.criteria), by_rows=None
    )


def _met(rows: GivenRows) -> tuple[Any, ...]:
    return tuple([column == rows.c[name] for name, column in rows.found_by.items()])
