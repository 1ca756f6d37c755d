"""What the function of a column's default receives: the row that it makes a value for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DefaultContext:
    """The context of execution, as a default function sees it."""

    __slots__ = ("_number", "connection", "current_column", "current_parameters", "isinsert")

    def __init__(
        self,
        connection: Any,
        column: Any,
        parameters: Mapping[str, Any],
        number: int | None,
        *,
        isinsert: bool,
    ) -> None:
        self.connection = connection
        self.current_column = column
        # All values of the statement that are known so far.
        self.current_parameters = parameters
        self.isinsert = isinsert
        self._number = number

    @property
    def isupdate(self) -> bool:
        """Whether the statement is an UPDATE."""
        return not self.isinsert

    @property
    def root_connection(self) -> Any:
        """The connection that executes the statement."""
        return self.connection

    @property
    def engine(self) -> Any:
        """Its engine."""
        return self.connection.engine

    @property
    def dialect(self) -> Any:
        """Its dialect."""
        return self.connection.dialect

    def get_current_parameters(self, isolate_multiinsert_groups: bool = True) -> Mapping[str, Any]:
        """Return the values of the row that a value is made for, by the keys of the columns.

        With ``isolate_multiinsert_groups=False``, an INSERT of several rows gives the values
        of all of them, under the names of their parameters.
        """
        if self._number is None or not isolate_multiinsert_groups:
            return self.current_parameters
        ending = f"_m{self._number}"
        return {
            name[: -len(ending)]: value
            for name, value in self.current_parameters.items()
            if name.endswith(ending)
        }
