"""``foreign()`` and ``remote()``: marks on the columns of a join condition."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node, child, declared, derived, value
from toolkit_core.schema import Column
from toolkit_core.types import NULLTYPE, TypeEngine
from toolkit_orm.instrument.attribute import ColumnAttribute

T = TypeVar("T")


@declared
class MarkedColumn(ColumnElement[T]):
    """An expression with a mark that only a relationship reads, and takes away."""

    visit_name = "marked_column"
    lowering = "toolkit_orm.query.lowering:lowered"

    element: ColumnElement[T] = child()
    is_foreign: bool = value(default=False)
    is_remote: bool = value(default=False)
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    name: str | None = derived(default=None)
    names_parameter: str | None = derived(default=None)

    @property
    def table(self) -> Any:
        """What its column is a column of."""
        return getattr(self.element, "table", None)


def foreign(expr: ColumnElement[T]) -> ColumnElement[T]:
    """Mark a column of a join condition as the one that refers to the other.

    >>> from toolkit.sql import column
    >>> foreign(column("owner")).is_foreign
    True
    """
    marked: ColumnElement[T] = _marked(expr, is_foreign=True)
    return marked


def remote(expr: ColumnElement[T]) -> ColumnElement[T]:
    """Mark a column of a join condition as being on the far side.

    >>> from toolkit.sql import column
    >>> remote(column("owner")).is_remote
    True
    """
    marked: ColumnElement[T] = _marked(expr, is_remote=True)
    return marked


def _marked(expr: Any, **marks: bool) -> Any:
    element = expr
    while not isinstance(element, Node) and hasattr(element, "__clause_element__"):
        element = element.__clause_element__()
    if isinstance(element, MarkedColumn):
        return element.but(**marks)
    return MarkedColumn(
        element,
        type=element.type,
        name=element.name,
        names_parameter=element.names_parameter,
        **marks,
    )


def marked(node: Any, *, is_foreign: bool = False, is_remote: bool = False) -> Any:
    """Return a condition in which each column stands with its marks, be they none."""
    if isinstance(node, MarkedColumn):
        return marked(
            node.element,
            is_foreign=is_foreign or node.is_foreign,
            is_remote=is_remote or node.is_remote,
        )
    if isinstance(node, ColumnAttribute):
        return marked(node.element, is_foreign=is_foreign, is_remote=is_remote)
    if not isinstance(node, ColumnElement):
        # A query in the condition: its columns are its own.
        return plain(node)
    if isinstance(node, Column) or getattr(node, "table", None) is not None:
        return _marked(node, is_foreign=is_foreign, is_remote=is_remote)
    return node.rewritten(lambda child: marked(child, is_foreign=is_foreign, is_remote=is_remote))


def with_marks(node: Any, change: Callable[[MarkedColumn[Any]], Any]) -> Any:
    """Return a condition with its marked columns changed."""
    if isinstance(node, MarkedColumn):
        return change(node)
    if not isinstance(node, ColumnElement):
        return node
    return node.rewritten(lambda child: with_marks(child, change))


def equated(comparison: Any) -> bool:
    """Tell whether a comparison is of a column with itself: of two rows of one table."""
    left: Any = getattr(comparison, "left", None)
    right: Any = getattr(comparison, "right", None)
    both = isinstance(left, MarkedColumn) and isinstance(right, MarkedColumn)
    return both and left.element is right.element


def with_marked_equals(node: Any, mark: str, columns: Collection[Any]) -> Any:
    """Return a condition with a mark on the left of what is compared with itself."""
    if isinstance(node, MarkedColumn) or not isinstance(node, ColumnElement):
        return node
    if equated(node) and any(node.left.element is column for column in columns):
        return node.but(left=node.left.but(**{mark: True}))
    return node.rewritten(lambda child: with_marked_equals(child, mark, columns))


def plain(node: Any) -> Any:
    """Return an expression without marks, and with columns for attributes."""
    if isinstance(node, (MarkedColumn, ColumnAttribute)):
        return plain(node.element)
    if isinstance(node, FromClause) or getattr(node, "table", None) is not None:
        # A source, and a column of one, are what they are, whatever is inside.
        return node
    return node.rewritten(plain)
