"""Columns that no table defines: a name, or a piece of SQL that stands for one."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import Node, child, declared, derived, value
from toolkit_core.expression.params import as_type
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")


@declared
class ColumnClause(ColumnElement[T]):
    """A column by its name alone, or SQL that stands where a column may stand."""

    visit_name = "column"

    name: str = value()
    is_literal: bool = value(default=False)
    table: Node | None = child(default=None)
    # What the type is, where one was given: it tells how results are read.
    type_key: object = value(default=None)
    # What the name says of its quotes, where it says it.
    quoting: bool | None = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def names_parameter(self) -> str:  # type: ignore[override]
        """Parameters beside it are named after it."""
        return self.name

    @property
    def description(self) -> str:
        """The name."""
        return self.name


def column(
    text: str,
    type_: TypeEngine[T] | type[TypeEngine[T]] | None = None,
    is_literal: bool = False,
    _selectable: Any = None,
) -> ColumnClause[T]:
    """Make a column by its name alone.

    >>> str(column("name") == "x")
    'name = :name_1'
    """
    made: ColumnClause[T] = ColumnClause(text)
    if text.__class__ is not str and (quoting := quoting_of(text)) is not None:
        made.quoting = quoting
    if is_literal:
        made.is_literal = True
    if type_ is not None:
        made.type = as_type(type_)
        made.type_key = made.type.static_key()
    if _selectable is not None:
        made.table = _selectable
    return made


def literal_column(
    text: str, type_: TypeEngine[T] | type[TypeEngine[T]] | None = None
) -> ColumnClause[T]:
    """Return SQL as an expression, written as it is: never of what users of a program type.

    >>> str(literal_column("1 + 1"))
    '1 + 1'
    """
    return column(text, type_, is_literal=True)
