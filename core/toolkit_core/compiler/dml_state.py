"""What is found out about an INSERT or UPDATE while it is written."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.elements import BindParameter
from toolkit_core.expression.given_row import GivenRow
from toolkit_core.expression.node import Node


class DMLState:
    """Beside the writer: which columns are given at execution, and what becomes of the others.

    ``given`` are the names that the execution has values for; None where nothing is executed,
    and the statement is written for all columns of its table if it names none itself.
    """

    __slots__ = (
        "binds",
        "by_rows",
        "computed",
        "fetched",
        "given",
        "hidden",
        "inserts",
        "is_inner",
        "is_many",
        "is_marked",
        "is_shown",
        "known",
        "learns_key",
        "numbers",
        "ordered_by",
        "row_end",
        "row_start",
        "rows",
        "sent",
        "separator",
        "settings",
        "statement",
        "warnings",
    )

    def __init__(
        self,
        given: tuple[str, ...] | None,
        *,
        learns_key: bool = False,
        is_many: bool = False,
        is_shown: bool = False,
        is_inner: bool = False,
    ) -> None:
        self.given = given
        # Whether it is written to be looked at, and parameters have the values at hand.
        self.is_shown = is_shown
        # Whether it is a part of another statement, which has the parameters.
        self.is_inner = is_inner
        # Whether the key of the one new row is to come back, by RETURNING if need be.
        self.learns_key = learns_key
        # Defaults to be sent: the name of the parameter, the default, its column, which row.
        self.sent: list[tuple[str, Any, Any, int | None]] = []
        # Columns whose values the server computes.
        self.computed: list[Any] = []
        # Columns that RETURNING fetches for us, not for the user.
        self.fetched: list[Any] = []
        # Whether it is executed with several sets; if their order matters, which columns tell
        # the rows apart, and which of these come back for that only.
        self.is_many = is_many
        self.ordered_by: list[Any] = []
        self.hidden: list[Any] = []
        # The INSERT that is written, for what says more of it.
        self.statement: Any = None
        # What the user should know.
        self.warnings: list[str] = []
        # Whether it is an INSERT.
        self.inserts = False
        # Whether the rows are numbered in a column that is there for that, and its key.
        self.is_marked = False
        self.numbers: str | None = None
        # The rows whose values are parameters, and where: the number of the row among many.
        self.rows: list[tuple[GivenRow, int | None]] = []
        # Parameters that stand for columns.
        self.binds: dict[str, BindParameter[Any]] = {}
        # Columns of one row whose values are parameters, whoever has made these.
        self.known: dict[str, BindParameter[Any]] = {}
        # Where the written values of one row begin and end, so that they can be repeated, and
        # what stands between two rows.
        self.row_start = self.row_end = 0
        self.separator = ", "
        # The rows that the statement goes by, each of which is a set of values.
        self.by_rows: Node | None = None
        # What the columns are set to, for what is set to the same.
        self.settings: dict[str, Node] = {}

    @classmethod
    def of(cls, w: Writer) -> DMLState:
        """Return the state of the statement that a writer writes."""
        if w.dml is None:
            w.dml = cls(None, is_inner=True)
        state: DMLState = w.dml
        return state

    def parameter(self, name: str, column: Any, value: Any = None) -> BindParameter[Any]:
        """Return the parameter for the value of a column."""
        made: BindParameter[Any] = BindParameter(key=name, type=column.type)
        if self.is_shown and value is not None:
            # Else a statement that is kept would keep the values of the first one.
            made.value = value
        self.binds[name] = made
        self.known[name] = made
        return made

    def move(self, pieces: int) -> None:
        """Note that something was put before what is written."""
        if self.row_end:
            self.row_start += pieces
            self.row_end += pieces
