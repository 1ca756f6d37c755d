"""Adding joins to a statement, so that its rows have related objects too."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators
from toolkit_core.expression.binary import UnaryExpression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.from_list import from_list
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.label_reference import LabelReference
from toolkit_core.expression.subquery import Subquery
from toolkit_core.schema import Table
from toolkit_orm.load.ordering import ordered_by
from toolkit_orm.query.aliased_entity import AliasedEntity, aliased
from toolkit_orm.query.join_steps import loaded_from
from toolkit_orm.query.row_criteria import single_table_criterion
from toolkit_orm.query.sides import adapted, between


class EagerJoin:
    """One join: what it joins to, what it joins, and how."""

    __slots__ = ("inner", "near", "onclause", "right", "table_on")

    def __init__(self, near: Any, right: Any, onclause: Any, *, inner: bool) -> None:
        self.near = near
        self.right = right
        self.onclause = onclause
        self.inner = inner


class EagerJoins:
    """The joins that one plan adds to its statement."""

    def __init__(self, planning: Any) -> None:
        self.planning = planning
        self.steps: list[EagerJoin] = []
        self.orders: list[Any] = []
        self.collections = False
        # What is read through an outer join; and the aliases that relationships themselves name.
        self.outer: list[Any] = []
        self.named: list[Any] = []
        # How many columns the statement has itself: what is joined comes after them.
        self.base: list[Any] = []

    def add(self, rows: Any, path: Any, prop: Any, choice: Any) -> AliasedEntity:
        """Add the join of a relationship; return what the related objects are read from."""
        lowering = self.planning.lowering
        target = loaded_from(path)
        far = self._far(target)
        found = between(prop, rows, far)
        inner = self._is_inner(rows, prop, choice)
        if not inner:
            self.outer.append(far)
        right = lowering.node(far)
        last = found.primary if found.secondary is None else found.secondary
        onclause = lowering.plain(_and([last, *self._criteria(path, far)]))
        if found.secondary is not None:
            right = Join(lowering.node(found.table), right, onclause)
            onclause = lowering.plain(found.primary)
        if self._is_again(target, far):
            onclause = _moved(onclause, lowering.node(target), right)
        self.steps.append(EagerJoin(lowering.node(rows), right, onclause, inner=inner))
        self.collections = self.collections or bool(prop.uselist)
        for one in ordered_by(prop, far, found.table):
            self.orders.append(lowering.plain(one))
        return far

    def _far(self, target: Any) -> AliasedEntity:
        """Return an alias of what a relationship leads to."""
        if not isinstance(target, AliasedEntity):
            made: AliasedEntity = aliased(target, flat=True).__clause_element__()
            return made
        if isinstance(target.element, Join) or (
            target.is_named and isinstance(target.element, Table)
        ):
            # Of a class with its subclasses, as ``with_polymorphic()`` has it.
            more = target.with_mappers
            return AliasedEntity(target.element, target.mapper, None, True, with_mappers=more)
        # Rows of a subquery, or of an alias, that the relationship itself names.
        return self._named(target)

    def _criteria(self, path: Any, far: AliasedEntity) -> list[Any]:
        """Return the conditions that hold for what is joined, beside the relationship's."""
        said = [_said(one, far) for one in self.planning.criteria]
        found = [*(adapted(one, far) for one in path.criteria), single_table_criterion(far), *said]
        return [one for one in found if one is not None]

    def _is_inner(self, rows: Any, prop: Any, choice: Any) -> bool:
        """Tell whether owners without related objects are left out."""
        told = choice.setting("innerjoin")
        inner = prop.innerjoin if told is None else told
        if inner == "unnested":
            # An inner join that is not put inside of an outer one would make that inner, too.
            return not any(one is rows for one in self.outer)
        return bool(inner)

    def _named(self, target: AliasedEntity) -> AliasedEntity:
        """Return an alias that a relationship names; a second time, another like it."""
        if not any(one is target for one in self.named):
            self.named.append(target)
            return target
        return AliasedEntity(target.element, target.mapper, None)

    def _is_again(self, target: Any, far: Any) -> bool:
        return far is not target and any(one is target for one in self.named)

    # -- the statement --------------------------------------------------------------------

    def written(self, statement: Any, columns: list[Any]) -> Any:
        """Return the plain statement with the joins."""
        lowering = self.planning.lowering
        made = lowering.with_columns(statement, columns)
        if self.collections and _is_limited(made):
            return self._around(made, columns)
        base = made.but(raw_columns=tuple([one for one in columns if not self._is_eager(one)]))
        sources = from_list(base)
        for step in self.steps:
            _join_to(sources, step)
        made = made.dropped("joins").but(said_froms=tuple(sources))
        if self.orders:
            made = made.order_by(*self.orders)
        return made

    def _is_eager(self, column: Any) -> bool:
        """Tell whether a column, or one in an expression, is of what is joined."""
        there = [one for step in self.steps for one in members(step.right)]
        return any(one.table is mine for one in _columns_in(column) for mine in there)

    def _around(self, made: Any, columns: list[Any]) -> Any:
        """Return a SELECT around one that has a limit: it limits owners, not rows.

        Otherwise the last owner would lose a part of its collection.
        """
        own = [one for one in columns if not self._is_eager(one)]
        needed = [
            one
            for step in self.steps
            for one in _columns_in(step.onclause)
            if not self._is_eager(one) and any(one.table is t for t in from_members(made))
        ]
        orders = [one for order in made.ordering for one in _ordered_by(order)]
        extra: dict[int, Any] = {id(one): one for one in (*needed, *orders)}
        for one in own:
            extra.pop(id(one), None)
        inner = made.but(raw_columns=(*own, *extra.values()))
        sub = Subquery(inner)
        outside = dict(zip(map(id, [*own, *extra.values()]), sub.c, strict=True))

        def change(node: Any) -> Any:
            found = outside.get(id(node))
            return node.rewritten(change) if found is None else found

        sources: list[Any] = [sub]
        own_tables = [*from_members(made)]
        for step in self.steps:
            near = sub if any(step.near is one for one in own_tables) else step.near
            onclause = change(step.onclause)
            _join_to(sources, EagerJoin(near, step.right, onclause, inner=step.inner))
        kept = type(made)(*[outside.get(id(one), one) for one in columns])
        kept = kept.but(said_froms=tuple(sources))
        orders_outside = [change(one) for one in made.ordering]
        return kept.order_by(*orders_outside, *self.orders)


def _moved(condition: Any, before: Any, after: Any) -> Any:
    """Return a condition on one source as one on another that has the same columns."""

    def change(node: Any) -> Any:
        if getattr(node, "table", None) is before:
            return after.corresponding_column(node)
        return node if isinstance(node, Join) else node.rewritten(change)

    return change(condition)


def _said(criteria: Any, far: AliasedEntity) -> Any:
    """Return what was said of a class with ``with_loader_criteria()``, of the alias."""
    mapper = far.mapper
    if criteria.mixin is not None:
        if not issubclass(mapper.class_, criteria.mixin):
            return None
        return criteria.made_by(far.shown)
    if not mapper.isa(criteria.entity.mapper):
        return None
    return adapted(criteria.condition, far)


def _and(conditions: list[Any]) -> Any:
    return conditions[0] if len(conditions) == 1 else joined(operators.and_, tuple(conditions))


def _is_limited(made: Any) -> bool:
    state = made.__dict__
    return any(
        state.get(name) is not None for name in ("row_limit", "row_offset", "row_fetch")
    ) or bool(state.get("is_distinct") or state.get("grouping"))


def from_members(made: Any) -> list[Any]:
    """Return all that a SELECT reads from, what is in joins included."""
    return [one for source in from_list(made) for one in members(source)]


def _columns_in(node: Any) -> list[Any]:
    if getattr(node, "table", None) is not None and isinstance(node, ColumnElement):
        return [node]
    return [found for child in node.child_nodes() for found in _columns_in(child)]


def _ordered_by(node: Any) -> list[Any]:
    """Return what an ordering is by, without ASC and DESC; what is named by a label is there."""
    while isinstance(node, UnaryExpression):
        node = node.element
    return [] if isinstance(node, LabelReference) else [node]


def _join_to(sources: list[Any], step: EagerJoin) -> None:
    """Put a join in the place of the source that it joins to."""
    near = members(step.near)
    for place, source in enumerate(sources):
        there = members(source)
        if any(one is mine for one in there for mine in near):
            sources[place] = _joined(source, near, step)
            return
    sources.append(Join(step.near, step.right, step.onclause, isouter=not step.inner))


def _joined(source: Any, near: list[Any], step: EagerJoin) -> Any:
    """Join to a source; an inner join below an outer one goes inside of it."""
    if (
        step.inner
        and isinstance(source, Join)
        and source.isouter
        and any(one is mine for one in members(source.right) for mine in near)
    ):
        return source.but(right=_joined(source.right, near, step))
    if (
        step.inner
        and isinstance(source, Join)
        and not any(one is mine for one in members(source.right) for mine in near)
        and source is not step.near
    ):
        return source.but(left=_joined(source.left, near, step))
    return Join(source, step.right, step.onclause, isouter=not step.inner)
