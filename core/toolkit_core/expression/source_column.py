"""A column of a source that is made of something else: of an alias, a subquery, a CTE."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.expression.column_collection import TAKEN, ColumnCollection
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
        """Return the column at the same place of what a function makes of the source.

        Where there are more or fewer than before, it is the one of the same key.
        """
        source: Any = change(self.source)
        if source is self.source:
            return self
        columns, before = source.c, self.source.c
        if len(columns) != len(before):
            return columns[self.key]
        return columns[next(n for n, one in enumerate(before) if one is self)]

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
    return [_exported_as(key, column) for key, column in columns.items()]


def _exported_as(key: str, column: ColumnElement[Any]) -> Exported:
    found_name = column.found_name if isinstance(column, SourceColumn) else None
    return Exported(column, key, column.name, found_name, column.names_parameter)


def columns_of(source: FromClause, found: Iterable[Exported]) -> ColumnCollection:
    """Return the columns of a source that is made of something with these columns."""
    return ColumnCollection([(one.key, _column_of(source, one)) for one in found])


def _column_of(source: FromClause, one: Exported) -> SourceColumn[Any]:
    column: SourceColumn[Any] = SourceColumn.__new__(SourceColumn)
    column.source = source
    column.key = one.key
    column.element = one.column
    column.name = one.name
    column.found_name = one.found_name
    column.names_parameter = one.parameter
    column.type = one.column.type
    return column


class ColumnsOnDemand(ColumnCollection):
    """The columns of a source under another name, each made when it is first asked for."""

    if TYPE_CHECKING:
        _source: Any

    def __init__(self, source: Any) -> None:
        self.__dict__["_source"] = source

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__
        if name in ("_pairs", "_by_key"):
            self._make_all()
            return state[name]
        column = self._source.element.c._by_key.get(name)
        if column is None:
            self._make_all()
            return ColumnCollection.__getattr__(self, name)
        # As _column_of() makes it of _exported_as(): queries with aliases ask for many.
        made: SourceColumn[Any] = SourceColumn.__new__(SourceColumn)
        made.source = self._source
        made.key = name
        made.element = column
        made.name = column.name
        made.found_name = column.found_name if column.__class__ is SourceColumn else None
        made.names_parameter = column.names_parameter
        made.type = column.type
        # If another thread was first, its column is the one.
        return state.setdefault(name, made)

    def _make_all(self) -> None:
        # Where two threads make a column, the first one's is taken by both.
        state, source = self.__dict__, self._source
        pairs: list[tuple[str, Any]] = []
        by_key: dict[str, Any] = {}
        for one in exported(source.element.c):
            made: Any = _column_of(source, one)
            if one.key not in by_key and one.key not in TAKEN:
                made = state.setdefault(one.key, made)
            pairs.append((one.key, made))
            by_key.setdefault(one.key, made)
        state["_pairs"], state["_by_key"] = state.setdefault("_all", (pairs, by_key))

    def __reduce__(self) -> Any:
        return ColumnCollection, (), list(self._pairs)
