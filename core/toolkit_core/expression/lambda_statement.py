"""``lambda_stmt()``: a statement that a function makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.node import Node, child, declared
from toolkit_core.newer_typing import Self


@declared
class StatementLambdaElement(Executable):
    r"""A statement that was made by a function, and may be changed by others.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.select import select
    >>> statement = lambda_stmt(lambda: select(column("a")))
    >>> statement += lambda made: made.where(column("a") == 5)
    >>> str(statement)
    'SELECT a \nWHERE a = :a_1'
    """

    visit_name = "lambda_element"
    # What is executed is the statement itself.
    is_executable = False

    statement: Any = child()

    def executed_as(self) -> Node:
        """Return what is executed in its place."""
        found: Node = self.statement
        return found

    def __add__(self, other: Callable[[Any], Any]) -> Self:
        return self.add_criteria(other)

    def add_criteria(self, other: Callable[[Any], Any], **options: Any) -> Self:
        """Return the statement that a function makes of this one."""
        return self.but(statement=other(self.statement))

    def spoil(self) -> Self:
        """Return itself: each function is called each time as it is."""
        return self


# Under its documented name.
LambdaElement = StatementLambdaElement


def lambda_stmt(
    lmb: Callable[[], Any],
    enable_tracking: bool = True,
    track_closure_variables: bool = True,
    track_on: object = None,
    global_track_bound_values: bool = True,
    track_bound_values: bool = True,
    lambda_cache: Any = None,
) -> StatementLambdaElement:
    """Return the statement that a function makes.

    Elsewhere this saves the making; here that costs less than looking into the function would,
    so it is called each time, and the options decide nothing.
    """
    made = lmb()
    if not isinstance(made, Node):
        raise ArgumentError(
            f"lambda_stmt() takes a function that returns a statement, and it returned {made!r}"
        )
    return StatementLambdaElement(made)
