"""What is found out about an INSERT or UPDATE while it is written."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.given_row import GivenRow


class DMLState:
    """Beside the writer: which columns are given at execution, and what becomes of the others.

    ``given`` are the names that the execution has values for; None where nothing is executed,
    and the statement is written for all columns of its table if it names none itself.
    """

    __slots__ = (
        "binds",
        "binds_after",
        "binds_before",
        "computed",
        "fetched",
        "given",
        "learns_key",
        "row_end",
        "row_start",
        "rows",
        "sent",
    )

    def __init__(self, given: tuple[str, ...] | None, *, learns_key: bool = False) -> None:
        self.given = given
        # Whether the key of the one new row is to come back, by RETURNING if need be.
        self.learns_key = learns_key
        # Defaults to be sent: the name of the parameter, the default, its column, which row.
        self.sent: list[tuple[str, Any, Any, int | None]] = []
        # Columns whose values the server computes.
        self.computed: list[Any] = []
        # Columns that RETURNING fetches for us, not for the user.
        self.fetched: list[Any] = []
        # The rows whose values are parameters, and where: the number of the row among many.
        self.rows: list[tuple[GivenRow, int | None]] = []
        # Parameters that stand for columns.
        self.binds: dict[str, BindParameter[Any]] = {}
        # Where the written values of one row begin and end, so that they can be repeated.
        self.row_start = self.row_end = 0
        # How many placeholders stand before, and up to its end.
        self.binds_before = self.binds_after = 0

    @classmethod
    def of(cls, w: Writer) -> DMLState:
        """Return the state of the statement that a writer writes."""
        if w.dml is None:
            w.dml = cls(None)
        state: DMLState = w.dml
        return state

    def parameter(self, name: str, column: Any) -> BindParameter[Any]:
        """Return the parameter for the value of a column."""
        made: BindParameter[Any] = BindParameter(key=name, type=column.type)
        self.binds[name] = made
        return made
