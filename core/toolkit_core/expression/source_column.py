"""A column of a source that is made of something else: of an alias, a subquery, a CTE."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import Node, child, declared, derived, value
from toolkit_core.types import NULLTYPE, TypeEngine

if TYPE_CHECKING:
    from toolkit_core.expression.from_clause import FromClause

T = TypeVar("T")


@declared
class SourceColumn(ColumnElement[T]):
    """A column of a source; what it is made of is its ``element``.

    ``name`` is None where the source has to find one when it is written, as for ``a + 1``:
    then ``found_name`` tells after what.
    """

    visit_name = "column"

    source: FromClause = child()
    key: str = value()
    element: ColumnElement[T] = derived()
    name: str | None = derived(default=None)
    found_name: Any = derived(default=None)
    names_parameter: str | None = derived(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def table(self) -> FromClause:
        """The source."""
        return self.source

    @property
    def primary_key(self) -> bool:  # type: ignore[override] # it follows from another
        """Whether it is, or comes from, a part of a primary key."""
        return bool(getattr(self.element, "primary_key", False))

    @property
    def nullable(self) -> bool:
        """Whether what it comes from may be null."""
        return bool(getattr(self.element, "nullable", True))

    @property
    def foreign_keys(self) -> Any:
        """The foreign keys of what it comes from."""
        return getattr(self.element, "foreign_keys", frozenset())

    @property
    def proxies(self) -> list[Any]:
        """What it is made of."""
        return [self.element]

    @property
    def proxy_set(self) -> frozenset[Any]:
        """The column, and all that it comes from."""
        below = getattr(self.element, "proxy_set", None)
        return frozenset((self,)) | (frozenset((self.element,)) if below is None else below)

    @property
    def base_columns(self) -> frozenset[Any]:
        """Those of what it comes from that come from nothing else."""
        below = getattr(self.element, "base_columns", None)
        return frozenset((self.element,)) if below is None else below

    def shares_lineage(self, othercolumn: Any) -> bool:
        """Tell whether the other comes from something that this one comes from."""
        other = getattr(othercolumn, "proxy_set", None) or frozenset((othercolumn,))
        return bool(self.proxy_set & other)

    def rewritten(self, change: Callable[[Node], Node]) -> Any:
        """Return the column of the same key of what a function makes of the source."""
        source: Any = change(self.source)
        return self if source is self.source else source.c[self.key]

    def __repr__(self) -> str:
        return f"SourceColumn({self.source.description}.{self.key})"


class Exported:
    """A column as a statement hands it on: under a key, with a name or what to name it after."""

    __slots__ = ("column", "found_name", "key", "name", "parameter")

    def __init__(
        self,
        column: ColumnElement[Any],
        key: str,
        name: str | None,
        found_name: Any = None,
        parameter: str | None = None,
    ) -> None:
        self.column = column
        self.key = key
        self.name = name
        self.found_name = found_name
        # What parameters beside it are named after.
        self.parameter = name if parameter is None else parameter


def exported(columns: ColumnCollection) -> list[Exported]:
    """Return the columns of a source as another source takes them over."""
    found = []
    for key, column in columns.items():
        name = column.name
        found_name = column.found_name if isinstance(column, SourceColumn) else None
        found.append(Exported(column, key, name, found_name, column.names_parameter))
    return found


def columns_of(source: FromClause, found: Iterable[Exported]) -> ColumnCollection:
    """Return the columns of a source that is made of something with these columns."""
    made: list[tuple[str, ColumnElement[Any]]] = []
    for one in found:
        column: SourceColumn[Any] = SourceColumn.__new__(SourceColumn)
        column.source = source
        column.key = one.key
        column.element = one.column
        column.name = one.name
        column.found_name = one.found_name
        column.names_parameter = one.parameter
        column.type = one.column.type
        made.append((one.key, column))
    return ColumnCollection(made)
