"""A statement as an expression."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, TypeVar

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import child, declared, derived
from toolkit_core.newer_typing import Self
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")


@declared
class ScalarSelect(ColumnElement[T]):
    """A statement in parentheses, standing for the one value of its one row."""

    visit_name = "scalar_select"
    reads_alone: ClassVar[bool] = True
    is_scalar: ClassVar[bool] = True
    # Its parentheses are those of an IN, too.
    stands_in_in: ClassVar[bool] = True

    element: Any = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def c(self) -> NoReturn:
        """Nothing: it is one value."""
        raise self._no_columns()

    def _no_columns(self) -> InvalidRequestError:
        return InvalidRequestError(
            "Scalar Select expression has no columns; use this object directly within a "
            "column-level expression.",
            hint=".subquery() has columns",
        )

    @property
    def columns(self) -> NoReturn:
        """Nothing: it is one value."""
        raise self._no_columns()

    def where(self, crit: Any) -> Self:
        """Add a condition to the statement."""
        return self.but(element=self.element.where(crit))

    def correlate(self, *fromclauses: Any) -> Self:
        """Say which sources the statement around it provides."""
        return self.but(element=self.element.correlate(*fromclauses))

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Say that the statement around it provides all sources but these."""
        return self.but(element=self.element.correlate_except(*fromclauses))

    def self_group(self, against: Any = None) -> Self:
        """Return the expression itself: it has its parentheses."""
        return self


def made_scalar(statement: Any) -> ScalarSelect[Any]:
    """Return a statement as an expression."""
    made: ScalarSelect[Any] = ScalarSelect.__new__(ScalarSelect)
    made.element = statement
    raw = getattr(statement, "raw_columns", ())
    # Most select an expression: nothing needs to be named for its type to be known.
    columns = raw if raw and isinstance(raw[0], ColumnElement) else [*statement.selected_columns]
    if columns:
        made.type = columns[0].type
    return made
