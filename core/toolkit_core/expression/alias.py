"""A source under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.expression.coercions import as_named_source
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.from_clause import Cols, FromClause, Given
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import ITSELF, Node, child, declared, value
from toolkit_core.expression.source_column import ColumnsOnDemand, Exported, columns_of
from toolkit_core.facts.quoted_name import quoting_of

if TYPE_CHECKING:
    from toolkit_core.expression.joins import Join


@declared
class AliasedReturnsRows(FromClause[Cols]):
    """Rows of something else under a name.

    Each is itself and no other, however alike: it is a leaf.  Its key tells what it is made of,
    so that a query that is built anew, with aliases of its own, has the key that it had.
    """

    stands_for_more: ClassVar[bool] = True
    _leaves = ITSELF
    inherits_key: ClassVar[bool] = True

    element: Any = child()
    name: str | None = value(default=None)

    def _make_key(self) -> Key:
        quoting = quoting_of(self.name)
        parts = (type(self), self.element.structure(), quoting, *self._own_parts())
        key = self._key = find_key(parts) or new_key(parts, leaf=True)
        return key

    def _own_parts(self) -> tuple[Any, ...]:
        """Return what beside its element is part of its structure."""
        return (self.name,)

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return the leaves of what it is made of."""
        self.element.structure()
        leaves: tuple[Node, ...] = self.element._leaves
        return leaves

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other, of the same structure, is another of its kind."""
        return type(other) is type(self)

    @property
    def c(self) -> Cols:
        """The columns."""
        found: Cols = self.remembered("columns", _own_columns)
        return found

    def _exported(self) -> list[Exported] | None:
        """Return what the element says of its columns; None where they are as they are there."""
        return None

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with."""
        return "anon"

    @property
    def original(self) -> Any:
        """What it is made of."""
        return self.element

    def sources(self) -> tuple[Any, ...]:
        """Return what it is made of."""
        return (self.element,)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.description}>"


def _own_columns(source: AliasedReturnsRows[Any]) -> ColumnCollection:
    told = source._exported()
    return ColumnsOnDemand(source) if told is None else columns_of(source, told)


# What has a name that is not that of its rows elsewhere.
_UNNAMED = ("cte", "values")


class Alias(AliasedReturnsRows[Cols]):
    """A table, or something else with columns, under another name."""

    visit_name = "alias"

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with."""
        if self.element.visit_name in _UNNAMED:
            return "anon"
        return getattr(self.element, "name", None) or "anon"

    if TYPE_CHECKING:

        def with_cols(self, type_: type[Given]) -> Alias[Given]:
            """Tell type checkers the class that declares the columns."""


def aliased(source: Any, name: str | None = None, *, flat: bool = False) -> Any:
    """Return a source under another name; of a join, ``flat`` renames its members instead."""
    if flat and hasattr(source, "aliased_members"):
        joined: Join = source.aliased_members(name)
        return joined
    return Alias(source) if name is None else Alias(source, name)


def alias(selectable: FromClause, name: str | None = None, flat: bool = False) -> Alias:
    """Return a source under another name; without one, a name is found for it.

    >>> from toolkit_core.expression.table_clause import table
    >>> alias(table("person"), "p")
    <Alias p>
    """
    made: Alias = as_named_source(selectable).alias(name, flat=flat)
    return made
