"""The condition of a relationship, said of what is read: classes, aliases, tables between."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators
from toolkit_core.expression.alias import aliased as aliased_source
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node
from toolkit_core.schema import Column
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.marked_column import MarkedColumn
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.aliased_entity import AliasedEntity, attribute_of


class Between:
    """The two conditions of a relationship; the second is None without a table between."""

    __slots__ = ("primary", "secondary", "table")

    def __init__(self, primary: Any, secondary: Any, table: Any) -> None:
        self.primary = primary
        self.secondary = secondary
        # The table between, under a name of its own.
        self.table = table

    @property
    def whole(self) -> Any:
        """Both conditions."""
        return self.primary if self.secondary is None else both(self.primary, self.secondary)


def both(*conditions: Any) -> Any:
    """Return conditions as one."""
    there = tuple([one for one in conditions if one is not None])
    return there[0] if len(there) == 1 else joined(operators.and_, there)


def between(prop: Any, near: Any, far: Any, *, plain_table: bool = False) -> Between:
    """Return the conditions of a relationship between two sources.

    ``plain_table`` reads the table between under its own name.
    """
    table = prop.secondary
    if table is not None and not plain_table:
        # Of a join, its members under other names: their columns may be named alike.
        table = aliased_source(table, flat=True)
    primary, secondary = prop.condition.marked
    sides = _Sides(prop, near, far, table)
    return Between(
        sides.condition(primary),
        None if secondary is None else sides.condition(secondary),
        table,
    )


class _Sides:
    """Which source each column of a relationship's conditions is read from."""

    def __init__(self, prop: Any, near: Any, far: Any, table: Any) -> None:
        self.prop = prop
        self.near = near
        self.far = far
        self.table = table

    def condition(self, given: Any) -> Any:
        is_second = given is self.prop.condition.marked[1]
        table = self.prop.secondary

        def change(node: Node) -> Any:
            column: Any = node
            is_remote = is_second
            while isinstance(column, MarkedColumn) or hasattr(column, "prop"):
                is_remote = is_remote or (table is None and _is_remote(column))
                column = column.element
            if not isinstance(column, Column):
                return column if _is_of_source(column) else column.rewritten(change)
            if table is not None and table.c.contains_column(column):
                return self.table.corresponding_column(column)
            return (self.far if is_remote else self.near).attribute_of(column)

        return change(given)


def _is_remote(node: Any) -> bool:
    return bool(getattr(node, "is_remote", False))


def _is_of_source(node: Any) -> bool:
    """Tell whether a node is a source, or a column of one that no class is read from."""
    return isinstance(node, FromClause) or getattr(node, "table", None) is not None


def adapted(node: Any, to: AliasedEntity) -> Any:
    """Return an expression about a class as one about an alias of it."""
    mapper = to.mapper
    mine = (mapper, *to.with_mappers)

    def attribute(one: Any) -> Any:
        if isinstance(getattr(one, "source", None), AliasedEntity):
            return one
        other = next((other for other in mine if other.isa(one.parent)), None)
        return one if other is None else attribute_of(to, other, one.key)

    def change(one: Node) -> Any:
        if isinstance(one, RelationshipAttribute):
            source = one.source
            is_of_it = isinstance(source, Entity) and mapper.isa(source.mapper)
            return one.adapt_to_entity(to) if is_of_it else one
        if isinstance(one, ColumnAttribute):
            return attribute(one)
        if isinstance(one, Column):
            return to.attribute_of(one)
        return one if _is_of_source(one) else one.rewritten(change)

    return change(node)
