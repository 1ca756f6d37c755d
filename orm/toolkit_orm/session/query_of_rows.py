"""A query that reads from the rows of others: after ``union()`` and its like.

What was said of the classes is said of the rows from then on, whatever a program names.
"""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select, select
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.aliased_entity import AliasedEntity, aliased, attribute_of
from toolkit_orm.query.bundle import BundleNode


class Rows:
    """The rows of a statement, and what stands in it for what was selected."""

    def __init__(self, statement: Any, raw: tuple[Any, ...]) -> None:
        self.source = statement.subquery()
        self.columns = iter(list(self.source.c))
        self.entities: list[tuple[Any, AliasedEntity]] = []
        self.others: list[tuple[Any, Any]] = []
        # The names of values so far.
        self.keys: set[str] = set()
        self.selected = [self._of(one) for one in raw]

    def statement(self) -> Select[Any]:
        """Return the SELECT of the rows."""
        return select(*self.selected)

    def _of(self, raw: Any) -> Any:
        if isinstance(raw, (Entity, AliasedEntity)):
            for _ in raw.exported_columns:
                next(self.columns)
            alias: AliasedEntity = aliased(raw, self.source).__clause_element__()
            if raw.__class__ is AliasedEntity and raw.with_mappers:
                alias = alias.but(with_mappers=raw.with_mappers, shown=alias.shown)
                alias.shown.__dict__["_sa_entity"] = alias
            self.entities.append((raw, alias))
            return alias
        if isinstance(raw, BundleNode):
            before, self.keys = self.keys, set()
            made = raw.but(columns=tuple([self._of(one) for one in raw.columns]))
            self.keys = before
            return made
        return self._value(raw)

    def _value(self, raw: Any) -> Any:
        """Return what stands for a value, by the name that its row knows it by.

        Among objects its column may have got a number.
        """
        column = next(self.columns)
        self.others.append((raw, column))
        key = raw.key if isinstance(raw, ColumnAttribute) else column.key
        if key in self.keys:
            return column
        self.keys.add(key)
        return column if key == column.key else column.label(key)

    def adapted(self, given: Any) -> Any:
        """Return what something that was said stands for."""
        node = given
        if not isinstance(node, Node) and hasattr(given, "__clause_element__"):
            node = given.__clause_element__()
        return self._changed(node) if isinstance(node, Node) else given

    def _changed(self, node: Any) -> Any:
        selected = [*self.others, *self.entities]
        there = next((found for raw, found in selected if _is_same(node, raw)), None)
        if there is not None:
            return there
        source = getattr(node, "source" if _is_related(node) else "read_from", None)
        alias = None if source is None else self._alias(source)
        if alias is None:
            is_column = isinstance(node, ColumnElement) and hasattr(node, "table")
            return self._column(node) if is_column else node.rewritten(self._changed)
        if _is_related(node):
            return node.adapt_to_entity(alias)
        return attribute_of(alias, node.parent, node.key)

    def _alias(self, source: Any) -> AliasedEntity | None:
        for raw, found in self.entities:
            if source is raw:
                return found
            if not (isinstance(source, Entity) and isinstance(raw, Entity)):
                continue
            if raw.mapper.isa(source.mapper):
                return found
        return None

    def _column(self, node: Any) -> Any:
        if node.table is None:
            return node.rewritten(self._changed)
        if node.table is self.source:
            return node
        element = node.element if isinstance(node, ColumnAttribute) else node
        found = self.source.corresponding_column(element)
        return node if found is None else found


def _is_related(node: Any) -> bool:
    return isinstance(node, RelationshipAttribute)


def _is_same(node: Any, raw: Any) -> bool:
    if node is raw:
        return True
    # Entities and their like are themselves only.
    return isinstance(raw, ColumnElement) and node.structure() is raw.structure()
