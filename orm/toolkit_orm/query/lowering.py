"""From statements about classes to statements about tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.alias import Alias
from toolkit_core.expression.dml import DML
from toolkit_core.expression.for_update import ForUpdate
from toolkit_core.expression.from_list import joined_sources, sources_in
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.label_style import LABEL_STYLE_TABLENAME_PLUS_COL
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select, select
from toolkit_core.expression.subquery import Subquery
from toolkit_core.plugins import load_object
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.marked_column import MarkedColumn
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.aliased_entity import (
    AliasedAttribute,
    AliasedColumn,
    AliasedEntity,
    exported_by,
)
from toolkit_orm.query.bundle import BundleNode
from toolkit_orm.query.lowered_dml import lowered_dml
from toolkit_orm.query.polymorphic_source import polymorphic_source
from toolkit_orm.query.row_criteria import Criteria, criteria_in, single_table_criterion
from toolkit_orm.query.sides import between


def lowered(statement: Node) -> Node:
    """Return the statement with tables for classes, and columns for attributes.

    It is worked out once for all statements of the same structure; values stay the very leaves
    that they are, so they are read off the statement that was given.
    """
    if isinstance(statement, Select) and any(map(_is_class, statement.raw_columns)):
        # With what its options add, as a session would send it.
        found: Node | None = load_object(_WRITTEN)(statement)
        if found is not None:
            return found
    made: Node = Lowering().node(statement)
    return made


_WRITTEN = "toolkit_orm.load.plan:written"


def _is_class(one: Any) -> bool:
    return isinstance(one, (Entity, AliasedEntity))


class Lowering:
    """One statement on its way: a node that comes again becomes the same again."""

    def __init__(self) -> None:
        self.made: dict[int, Any] = {}
        # What is looked at must stay: another node could have its number.
        self.kept: list[Node] = []
        # What was said with ``with_loader_criteria()``: it holds wherever the class is read.
        self.criteria: tuple[Criteria, ...] = ()
        # The sources whose conditions stand in an ON clause already.
        self.limited: set[int] = set()

    def node(self, node: Any) -> Any:
        """Return what stands for a node."""
        if node.structure().lowering is None:
            return node
        found = self.made.get(id(node))
        if found is None:
            self.kept.append(node)
            found = self.made[id(node)] = self._made(node)
        return found

    def _made(self, node: Any) -> Any:
        cls = node.__class__
        make = _MAKERS.get(cls)
        if make is None:
            found = [make for kind, make in _MADE if issubclass(cls, kind)]
            make = _MAKERS[cls] = found[0] if found else Lowering.other
        return make(self, node)

    def other(self, node: Any) -> Any:
        """Return the same of what is made of its parts."""
        if getattr(node, "loader_options", ()):
            return self._with_options(node)
        return node.rewritten(self.node)

    def _with_options(self, node: Any) -> Any:
        """Return what stands for a UNION, or another statement, that has options."""
        before, self.criteria = self.criteria, (*self.criteria, *criteria_in(node))
        try:
            return node.dropped("loader_options", "with_options").rewritten(self.node)
        finally:
            self.criteria = before

    # -- aliases --------------------------------------------------------------------------

    def alias(self, entity: AliasedEntity) -> Any:
        """Return what an alias of a class is read from."""
        source = self.node(entity.element)
        if entity.is_named:
            return source
        if isinstance(source, Join):
            if entity.flat:
                return source.aliased_members(entity.name)
            inner = select(source).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
            return Subquery(inner, entity.name) if entity.name else Subquery(inner)
        return Alias(source, entity.name) if entity.name else Alias(source)

    def column_of(self, source: Any, prop: Any, mapper: Any) -> Any:
        """Return the column that an attribute of a class, or of an alias, is read from."""
        column = mapper.column_of(prop)
        if isinstance(source, Entity):
            return self.node(column)
        return self.from_alias(source, column, prop)

    def found_in(self, entity: AliasedEntity, column: Any, prop: Any = None) -> Any:
        """Return the column of what an alias reads from that stands for one, if any does."""
        columns = self.node(entity).c
        for one in (column, *getattr(prop, "columns", ())):
            found = columns.corresponding_column(self.node(one))
            if found is not None:
                return found
        name = getattr(column, "name", None)
        by_name = entity.adapt_on_names and isinstance(name, str)
        return columns.get(name) if by_name else None

    def from_alias(self, entity: AliasedEntity, column: Any, prop: Any = None) -> Any:
        """Return what stands for a column, or an expression, where an alias is read."""
        there = self.found_in(entity, column, prop)
        if there is not None:
            return there
        if getattr(column, "table", None) is not None:
            return column
        columns = self.node(entity).c

        def change(one: Any) -> Any:
            if getattr(one, "table", None) is not None:
                found = columns.corresponding_column(one)
                return one if found is None else found
            return one.rewritten(change)

        return change(self.node(column))

    def locking(self, node: ForUpdate) -> Any:
        """Return what is locked: of a class with several tables all of them."""
        found: list[Any] = []
        for one in node.of:
            made = self.node(one)
            joined = [each for each in reversed(members(made)) if not isinstance(each, Join)]
            found += joined if isinstance(made, Join) else [made]
        return node.but(of=tuple(found))

    # -- SELECT ---------------------------------------------------------------------------

    def select(self, statement: Select[Any]) -> Any:
        """Return a SELECT of columns."""
        columns = [column for raw in statement.raw_columns for column in self.columns(raw)]
        return self.with_columns(statement, columns)

    def columns(self, raw: Any) -> list[Any]:
        """Return the columns that one thing that is selected comes to."""
        if isinstance(raw, Entity):
            return [self.node(column) for column in raw.exported_columns]
        if isinstance(raw, AliasedEntity):
            return [self.from_alias(raw, one.column, one.prop) for one in exported_by(raw)]
        if isinstance(raw, BundleNode):
            return [column for one in raw.columns for column in self.columns(one)]
        return [self.node(raw)]

    def with_columns(
        self, statement: Select[Any], columns: list[Any], more: tuple[Any, ...] = ()
    ) -> Any:
        """Return a SELECT of these columns from what the statement reads from."""
        before, limited = self.criteria, self.limited
        # What is limited in an ON clause here is not limited in a SELECT inside.
        self.limited = set()
        told = criteria_in(statement)
        if told:
            self.criteria = (*before, *told)
        statement = _from_subclasses(statement)
        sources = _sources(statement)
        plain = statement.but(raw_columns=tuple(columns))
        plain = plain.dropped("loader_options", "with_options")
        entities = [one for one in sources if isinstance(one, (Entity, AliasedEntity))]
        is_limited = self.criteria or (
            statement.joins and any(single_table_criterion(one) is not None for one in entities)
        )
        if is_limited or any(isinstance(self.node(one), Join) for one in entities):
            plain = self._with_sources(plain, statement)
        made = plain.rewritten(self.node)
        criteria = [*more, *self.criteria_for(entities)]
        self.criteria, self.limited = before, limited
        return made.where(*criteria) if criteria else made

    def _with_sources(self, plain: Any, statement: Any) -> Any:
        """Say what is read where a class is more than one table."""
        said = joined_sources(statement)
        joined = {id(member) for source in said for member in members(source)}
        for one in _read(statement.raw_columns):
            if id(one) not in joined and isinstance(self.node(one), Join):
                said.append(one)
        said = [self._limited(one) for one in said]
        return plain.dropped("joins").but(said_froms=tuple(said))

    def _limited(self, source: Any) -> Any:
        """Put the conditions of classes that are joined into the ON clauses."""
        if not isinstance(source, Join):
            return source
        left, right = self._limited(source.left), self._limited(source.right)
        onclause = source.onclause
        if isinstance(right, (Entity, AliasedEntity)):
            found = self.criteria_for([right])
            if found:
                onclause = _and(self.node(onclause), *found)
                self.limited.add(id(right))
        return source.but(left=left, right=right, onclause=onclause)

    def criteria_for(self, entities: list[Any]) -> list[Any]:
        """Return the conditions that hold for all rows of classes: their kind, what was said."""
        found = []
        for one in entities:
            if id(one) in self.limited:
                continue
            kind = single_table_criterion(one)
            if kind is not None:
                found.append(self.node(kind))
            for criteria in self.criteria:
                said = criteria.of(one)
                if said is not None:
                    found.append(self.plain(said))
        return found

    def plain(self, node: Any) -> Any:
        """Return what stands for a node, without the criteria said for classes."""
        before, self.criteria = self.criteria, ()
        try:
            return self.node(node)
        finally:
            self.criteria = before


def source_of(mapper: Any) -> Any:
    """Return what a class is read from, with the tables of subclasses that come with it."""
    found = mapper.memo.get("source")
    if found is None:
        below = mapper.with_polymorphic_mappers
        made = polymorphic_source(mapper, below) if below else mapper.persist_selectable
        found = mapper.memo["source"] = made
    return found


def _and(*conditions: Any) -> Any:
    from_ = conditions[0]
    for one in conditions[1:]:
        from_ = from_ & one
    return from_


def _read(columns: Any) -> list[Any]:
    return [one for one in sources_in(columns) if isinstance(one, (Entity, AliasedEntity))]


def _sources(statement: Any) -> list[Any]:
    """Return the classes and aliases that a SELECT reads from, each once."""
    found: dict[int, Any] = {}
    try:
        said = joined_sources(statement)
    except InvalidRequestError:
        # Which join it is, the compiler finds once there are only tables, or refuses.
        said = [*statement.said_froms, *(step.right for step in statement.joins)]
    for source in [*said, *sources_in(statement.raw_columns), *sources_in(statement.criteria)]:
        for one in members(source):
            found[id(one)] = one
    return list(found.values())


def _from_subclasses(statement: Any) -> Any:
    """Have joins along a class's relationship begin at the subclass that is read."""
    if not statement.joins:
        return statement
    there = [*statement.said_froms, *_read(statement.raw_columns)]
    there += [step.right for step in statement.joins]
    here = [member for source in there for member in members(source)]
    steps = []
    for step in statement.joins:
        left = step.left
        if isinstance(left, Entity) and not any(one is left for one in here):
            below = [one for one in here if isinstance(one, Entity)]
            found = next((one for one in below if one.mapper.isa(left.mapper)), None)
            steps.append(step if found is None else step.but(left=found))
        else:
            steps.append(step)
    return statement.but(joins=tuple(steps))


def _condition_of(lowering: Lowering, node: RelationshipAttribute) -> Any:
    return lowering.node(between(node.prop, node.source, node.prop.mapper.entity).whole)


# What stands for nodes of each kind; the first that fits counts.
_MADE: tuple[tuple[type, Callable[[Lowering, Any], Any]], ...] = (
    (AliasedAttribute, lambda to, node: to.column_of(node.source, node.prop, node.parent)),
    (AliasedColumn, lambda to, node: to.from_alias(node.source, node.element)),
    (ColumnAttribute, lambda to, node: to.node(node.element)),
    (Entity, lambda _, node: source_of(node.mapper)),
    (AliasedEntity, Lowering.alias),
    (RelationshipAttribute, _condition_of),
    (Select, Lowering.select),
    (DML, lowered_dml),
    (ForUpdate, Lowering.locking),
    (MarkedColumn, lambda to, node: to.node(node.element)),
)
# The same by the very class, as it was found.
_MAKERS: dict[type, Callable[[Lowering, Any], Any]] = {}
