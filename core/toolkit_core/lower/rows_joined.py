"""An UPDATE that goes by rows, as one that reads from them as from another table."""

from __future__ import annotations

from typing import Any

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
    met = tuple([column == rows.c[name] for name, column in rows.found_by.items()])
    return update.but(
        row=given_row({**set_to, **own}), criteria=(*met, *update.criteria), by_rows=None
    )
