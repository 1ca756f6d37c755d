"""Common table expressions: statements that WITH puts before another one, under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.alias import Alias
from toolkit_core.expression.from_clause import Cols, Given
from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.expression.prefixes import HasPrefixes, HasSuffixes
from toolkit_core.expression.source_column import Exported, exported
from toolkit_core.expression.subquery import AliasedStatement
from toolkit_core.newer_typing import Self


@declared
class CTE(HasPrefixes, HasSuffixes, AliasedStatement[Cols]):
    """A statement that others read from by its name.

    ``restates`` is the one that a recursive CTE began as: inside, it goes by the same name.
    """

    visit_name = "cte"

    recursive: bool = value(default=False, kw_only=True)
    nesting: bool = value(default=False, kw_only=True)
    restates: CTE | None = child(default=None, kw_only=True)

    def _own_parts(self) -> tuple[Any, ...]:
        return (
            self.name,
            self.recursive,
            self.nesting,
            None if self.restates is None else self.restates.structure(),
            tuple([one.structure() for one in self.prefixes]),
            tuple([one.structure() for one in self.suffixes]),
        )

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return the leaves of what it is made of."""
        leaves = () if self.restates is None else (self.restates,)
        for below in (*self.prefixes, self.element, *self.suffixes):
            below.structure()
            leaves += below._leaves
        return leaves

    def _exported(self) -> list[Exported]:
        made = getattr(self.element, "exported", None)
        return exported(self.element.c) if made is None else made()

    def alias(self, name: str | None = None, flat: bool = False) -> Alias[Cols]:
        """Return the same CTE, read under another name."""
        return Alias(self) if name is None else Alias(self, name)

    if TYPE_CHECKING:

        def with_cols(self, type_: type[Given]) -> CTE[Given]:
            """Tell type checkers the class that declares the columns."""

    def union(self, *other: Any) -> CTE:
        """Return the CTE with rows of other statements, which may read from it."""
        return self._with_others("union", other)

    def union_all(self, *other: Any) -> CTE:
        """Return the CTE with rows of other statements, which may read from it.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> node = table("node", column("id"), column("parent_id"))
        >>> tree = select(node.c.id).where(node.c.id == 1).cte("tree", recursive=True)
        >>> tree = tree.union_all(select(node.c.id).where(node.c.parent_id == tree.c.id))
        >>> tree.name, tree.recursive
        ('tree', True)
        """
        return self._with_others("union_all", other)

    def _with_others(self, how: str, others: tuple[Any, ...]) -> CTE:
        combine = getattr(self.element, how, None)
        if combine is None:
            raise ArgumentError(
                f"CTE element of type {type(self.element).__name__} does not support {how}()",
                hint="a CTE of a SELECT, or of a set of them, can be added to",
            )
        made: CTE = self.but(element=combine(*others), restates=self)
        return made


@declared
class AddedCTE(Node):
    """A CTE that a statement has though nothing in it reads from it."""

    visit_name = "added_cte"

    cte: CTE = child()
    nest_here: bool = value(default=False)


@declared
class HasCTE(Node):
    """A statement that may have CTEs, and may be one."""

    added_ctes: tuple[AddedCTE, ...] = children(default=(), kw_only=True)

    def add_cte(self, *ctes: CTE, nest_here: bool = False) -> Self:
        """Put CTEs before the statement, whether it reads from them or not.

        ``nest_here`` puts them before this very statement, where it is a part of another.
        """
        for one in ctes:
            if not isinstance(one, CTE):
                raise ArgumentError(f"add_cte() takes CTEs, as .cte() makes them, not {one!r}")
        added = tuple([AddedCTE(one, nest_here) for one in ctes])
        return self.but(added_ctes=self.added_ctes + added)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> CTE:
        """Return the statement as a common table expression.

        ``nesting`` puts it before the statement that reads from it, and not before them all.
        """
        return MAKERS.cte(self, name, recursive=recursive, nesting=nesting)


def made_cte(
    statement: Any, name: str | None = None, *, recursive: bool = False, nesting: bool = False
) -> CTE:
    """Return a statement as a common table expression."""
    made: CTE = CTE(statement)
    for key, given in (("name", name), ("recursive", recursive), ("nesting", nesting)):
        if given:
            made.__dict__[key] = given
    return made


def cte(selectable: HasCTE, name: str | None = None, recursive: bool = False) -> CTE:
    """Return a statement as a common table expression.

    >>> from toolkit_core.expression.select import select
    >>> from toolkit_core.expression.table_clause import table
    >>> cte(select(table("person")), "p")
    <CTE p>
    """
    return selectable.cte(name, recursive=recursive)
