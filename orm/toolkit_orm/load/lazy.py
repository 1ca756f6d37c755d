"""Loading related objects when they are asked for: one query for one object's relationship."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import select
from toolkit_core.schema import Column
from toolkit_orm.errors import DetachedInstanceError
from toolkit_orm.instrument.history import members
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.load.missing import load_missing
from toolkit_orm.mapping.direction import MANYTOONE
from toolkit_orm.mapping.relationship_link import link_of


class LazyQuery:
    """The query of one relationship: for an object's own columns there are parameters."""

    __slots__ = ("is_by_key", "parameters", "prop", "statement")

    def __init__(self, prop: Any) -> None:
        self.prop = prop
        # Parameter → the attribute of the object that has its value.
        self.parameters: dict[str, str] = {}
        target = prop.mapper
        statement = select(target.class_).where(self._of_one(prop.primaryjoin))
        if prop.secondaryjoin is not None:
            statement = statement.where(prop.secondaryjoin)
        if prop.order_by:
            statement = statement.order_by(*prop.order_by)
        self.statement = statement
        far = [remote for _, remote in prop.local_remote_pairs]
        # Whether what is related is found by its primary key, perhaps without a query.
        self.is_by_key = (
            prop.direction is MANYTOONE
            and prop.secondaryjoin is None
            and len(far) == len(target.primary_key)
            and all(any(one is key for one in far) for key in target.primary_key)
        )

    def _of_one(self, condition: Any) -> Any:
        """Return the condition with parameters in place of the near side's columns."""
        local = self.prop.condition.local_columns
        parent = self.prop.parent

        def change(node: Node) -> Any:
            column: Any = getattr(node, "element", node)
            is_near = node.__class__ is Column or isinstance(column, Column)
            if (
                is_near
                and not getattr(node, "is_remote", False)
                and any(column is one for one in local)
            ):
                name = f"own_{column.key}"
                self.parameters[name] = parent.key_of[column]
                return bindparam(name, type_=column.type)
            return node.rewritten(change)

        return change(condition)

    def key_of(self, values: dict[str, Any]) -> Any:
        """Return the primary key of what is related."""
        near = {id(remote): local for local, remote in self.prop.local_remote_pairs}
        own = {column: name for name, column in self._attributes().items()}
        key = tuple([values[own[near[id(one)]]] for one in self.prop.mapper.primary_key])
        return key if len(key) > 1 else key[0]

    def _attributes(self) -> dict[str, Any]:
        parent = self.prop.parent
        return {parent.key_of[local]: local for local, _ in self.prop.local_remote_pairs}


def lazy_query(prop: Any) -> LazyQuery:
    """Return the query of a relationship, worked out once."""
    found: LazyQuery | None = prop.__dict__.get("_lazy_query")
    if found is None:
        prop.parent.check_configure()
        found = prop.__dict__["_lazy_query"] = LazyQuery(prop)
    return found


def load_related(state: InstanceState, prop: Any) -> Any:
    """Load what is related to an object."""
    instance: Any = state()
    session = None if state.home is None else state.home.session()
    if session is None:
        raise DetachedInstanceError(
            f"Parent instance <{type(instance).__name__}> is not bound to a Session; lazy load "
            f"operation of attribute '{prop.key}' cannot proceed",
            hint=f"load it before the session ends: selectinload({prop})",
        )
    link = link_of(prop)
    values = instance.__dict__
    query = lazy_query(prop)
    own = {name: _own(state, values, key) for name, key in query.parameters.items()}
    if link.collection_class is None:
        found = None
        if not any(value is None for value in own.values()):
            found = _one(session, query, own, values)
        values[prop.key] = found
        return found
    rows = session.scalars(query.statement, own).all()
    made = values[prop.key] = link.collection(state, rows)
    _take_waiting(state, link, made)
    return made


def _own(state: InstanceState, values: dict[str, Any], key: str) -> Any:
    """Return the value of an object's own column: as it is in the database."""
    committed = state.committed
    if committed is not None:
        before = committed.get(key, NO_VALUE)
        if before is not NO_VALUE:
            return before
    if key in values:
        return values[key]
    return load_missing(state, key)


def _one(session: Any, query: LazyQuery, own: dict[str, Any], values: dict[str, Any]) -> Any:
    if query.is_by_key:
        mapper = query.prop.mapper
        found = session._home.find(mapper.base, query.key_of(values))
        if found is not None:
            return found
    return session.scalars(query.statement, own).one_or_none()


def _take_waiting(state: InstanceState, link: Any, collection: Any) -> None:
    """Put in, and take out, what the other side has told of before the collection was there."""
    pair = None if state.waiting is None else state.waiting.pop(link.key, None)
    if pair is None:
        return
    added, removed = pair
    there = {id(one) for one in members(collection)}
    new = [one for one in added if id(one) not in there]
    if new or removed:
        link.changing(state, collection)
    gone = {id(one) for one in removed}
    kept = [one for one in members(collection) if id(one) not in gone]
    state().__dict__[link.key] = link.collection(state, [*kept, *new])
