"""Sources joined to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.coercions import as_join_target, as_onclause, as_source
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.join_condition import join_condition
from toolkit_core.expression.node import Node, child, declared, value

if TYPE_CHECKING:
    from toolkit_core.expression.alias import Alias


@declared
class Join(FromClause):
    """Two sources with a condition between them.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.table_clause import table
    >>> one, other = table("a", column("id")), table("b", column("a_id"))
    >>> join(one, other, one.c.id == other.c.a_id).c.keys()
    ['a_id', 'b_a_id']
    """

    visit_name = "join"

    left: FromClause = child()
    right: FromClause = child()
    onclause: Any = child(default=None)
    isouter: bool = value(default=False)
    full: bool = value(default=False)

    @property
    def c(self) -> ColumnCollection:
        """The columns of both sides, by the names of source and column."""
        found: ColumnCollection = self.remembered("columns", _columns)
        return found

    @property
    def entity_namespace(self) -> Any:
        """What ``filter_by()`` finds names in: the left side."""
        return self.left.entity_namespace

    @property
    def description(self) -> str:
        """What messages call it."""
        return f"Join object on {self.left.description} and {self.right.description}"

    def sources(self) -> tuple[Any, ...]:
        """Return both sides."""
        return (self.left, self.right)

    def aliased_members(self, name: str | None) -> Join:
        """Return a join of aliases of the members, with the condition said of them."""
        made: dict[int, Any] = {}
        for member in members(self):
            if not isinstance(member, Join):
                found: Alias = member.alias(
                    None if name is None or member.name is None else f"{name}_{member.name}"
                )
                made[id(member)] = found

        def change(node: Node) -> Any:
            if id(node) in made:
                return made[id(node)]
            table = getattr(node, "table", None)
            if table is not None and id(table) in made:
                return made[id(table)].corresponding_column(node)
            return node.rewritten(change)

        return self.rewritten(change)

    def __repr__(self) -> str:
        return f"<{self.description}>"


def _columns(joined: Join) -> ColumnCollection:
    pairs = []
    for side in (joined.left, joined.right):
        for key, column in side.c.items():
            source = getattr(column, "table", side)
            pairs.append((key if isinstance(side, Join) else f"{source.name}_{key}", column))
    return ColumnCollection(pairs)


def members(source: Any) -> list[Any]:
    """Return a source and, of a join, all that it joins."""
    if not isinstance(source, Join):
        return [source]
    return [source, *members(source.left), *members(source.right)]


def made_join(
    left: FromClause,
    right: Any,
    onclause: Any = None,
    *,
    isouter: bool = False,
    full: bool = False,
) -> Join:
    """Return two sources joined; without a condition, by the one that a foreign key gives."""
    path = getattr(right if onclause is None else onclause, "join_steps", None)
    if path is not None:
        # Along a relationship, which may lead through a table between.
        made: Any = left
        for step in path(left, None if onclause is None else right, bool(isouter), bool(full)):
            made = made_join(made, step.right, step.onclause, isouter=step.isouter, full=step.full)
        found: Join = made
        return found
    target = as_join_target(right)
    if onclause is None:
        nearest = left.right if isinstance(left, Join) else None
        condition = join_condition(left, target, nearest)
    else:
        condition = as_onclause(onclause)
    return Join(left, target, condition, isouter=bool(isouter), full=bool(full))


def join(
    left: Any, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False
) -> Join:
    """Return two sources joined; without a condition, by the one that a foreign key gives."""
    return made_join(as_source(left), right, onclause, isouter=isouter, full=full)


def outerjoin(left: Any, right: Any, onclause: Any = None, full: bool = False) -> Join:
    """Return two sources joined, keeping the rows of the left that have no partner."""
    return made_join(as_source(left), right, onclause, isouter=True, full=full)
