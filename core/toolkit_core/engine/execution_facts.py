"""What a result may be asked about its statement beyond the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ExecutionFacts:
    """What is known of one execution, for :class:`CursorResult` to tell.

    The engine's context of an execution inherits from this and sets what differs.  The
    defaults are true of textual SQL, which nothing is known about.
    """

    # SQL given to the driver as it is, which nobody compiled.
    is_driver_sql: bool = False
    is_insert: bool = False
    is_update: bool = False
    executemany: bool = False
    # The user has asked for rows back (RETURNING).
    is_returning: bool = False
    # The values sent, one mapping per set, by the names of the columns.
    compiled_parameters: Sequence[Mapping[str, Any]] = ()
    # Columns whose default was computed before sending, and those the server has computed.
    prefetch_cols: Sequence[Any] = ()
    postfetch_cols: Sequence[Any] = ()
    # Rows with the keys, and with the defaults that were asked for, of what was inserted.
    inserted_primary_key_rows: Sequence[Any] = ()
    returned_defaults_rows: Sequence[Any] | None = None
    lastrow_has_defaults: bool = False
    # What was counted or noted before the cursor was closed; None: ask the cursor.
    rowcount: int | None = None
    lastrowid: Any = None
    supports_sane_rowcount: bool = True
    supports_sane_multi_rowcount: bool = True

    @property
    def facts(self) -> ExecutionFacts:
        """The facts themselves: what has a context of execution may keep them apart."""
        return self


UNKNOWN = ExecutionFacts()
