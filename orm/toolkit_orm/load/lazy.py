"""Loading related objects when they are asked for: one query for one object's relationship."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_orm.errors import DetachedInstanceError, shown_instance
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.load.missing import load_missing
from toolkit_orm.load.ordering import ordered_by
from toolkit_orm.load.reason import because
from toolkit_orm.load.repeating import made_unique
from toolkit_orm.mapping.direction import MANYTOONE
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.query.join_steps import target_of
from toolkit_orm.query.sides import between


class LazyQuery:
    """The query of one relationship: for an object's own columns there are parameters."""

    __slots__ = ("is_by_key", "parameters", "prop", "statement", "target")

    def __init__(self, prop: Any) -> None:
        self.prop = prop
        # Parameter → the attribute of the object that has its value.
        self.parameters: dict[str, str] = {}
        target = prop.mapper
        self.target = target_of(getattr(prop.parent.class_, prop.key))
        found = between(prop, _Owner(prop, self.parameters), self.target, plain_table=True)
        statement = select(self.target).where(found.primary)
        if found.secondary is not None:
            statement = statement.select_from(found.table).where(found.secondary)
        self.statement = statement.order_by(*ordered_by(prop, self.target, None))
        far = [remote for _, remote in prop.local_remote_pairs]
        # Whether what is related is found by its primary key, perhaps without a query.
        self.is_by_key = (
            prop.direction is MANYTOONE
            and prop.secondaryjoin is None
            and len(far) == len(target.primary_key)
            and all(any(one is key for one in far) for key in target.primary_key)
        )

    def key_of(self, values: dict[str, Any]) -> Any:
        """Return the primary key of what is related."""
        near = {id(remote): local for local, remote in self.prop.local_remote_pairs}
        own = {column: name for name, column in self._attributes().items()}
        key = tuple([values[own[near[id(one)]]] for one in self.prop.mapper.primary_key])
        return key if len(key) > 1 else key[0]

    def _attributes(self) -> dict[str, Any]:
        parent = self.prop.parent
        return {parent.key_of[local]: local for local, _ in self.prop.local_remote_pairs}


class _Owner:
    """The near side of a lazy query: for its columns there are parameters."""

    def __init__(self, prop: Any, parameters: dict[str, str]) -> None:
        self.prop = prop
        self.parameters = parameters

    def attribute_of(self, column: Any) -> Any:
        """Return the parameter that has the value of a column."""
        key = self.prop.parent.key_of.get(column)
        if key is None:
            return column
        name = f"own_{column.key}"
        self.parameters[name] = key
        return bindparam(name, type_=column.type)


def lazy_query(prop: Any) -> LazyQuery:
    """Return the query of a relationship, worked out once."""
    found: LazyQuery | None = prop.__dict__.get("_lazy_query")
    if found is None:
        prop.parent.check_configure()
        found = prop.__dict__["_lazy_query"] = LazyQuery(prop)
    return found


def load_related(state: InstanceState, prop: Any) -> Any:
    """Load what is related to an object, because somebody reads it."""
    told = state.load_options
    how = prop.lazy if told is None else told.how(prop)
    if how == "raise":
        raise _refusal(prop, "lazy='raise'")
    if how == "noload":
        return _put(state, prop, ())
    return _loaded(state, prop, may_query=how != "raise_on_sql")


def load_now(state: InstanceState, prop: Any) -> Any:
    """Load what is related to an object, whatever was said of how it is loaded."""
    return _loaded(state, prop, may_query=True)


def _loaded(state: InstanceState, prop: Any, *, may_query: bool) -> Any:
    session = _session_of(state, prop)
    told = state.load_options
    values = state().__dict__
    query = lazy_query(prop)
    guard = session._guard
    if guard is not None and not values.keys() >= set(query.parameters.values()):
        guard.attribute(state, prop.key)
    stored = state.committed if session._is_flushing else None
    own = {name: _own(state, values, key, stored) for name, key in query.parameters.items()}
    if not prop.uselist:
        if any(value is None for value in own.values()):
            return _put(state, prop, ())
        found = _at_hand(session, query, values)
        if found is not None:
            return _put(state, prop, (found,))
    if not may_query:
        raise _refusal(prop, "lazy='raise_on_sql'")
    if guard is not None:
        guard.attribute(state, prop.key)
    if told is not None and told.group is not None:
        told.group.touched(session, state, prop)
        if prop.key in values:
            return values[prop.key]
    why = because(session, state=state, path=(state.mapper, prop))
    rows = _rows(session, _statement(query, told), own, why)
    if len(rows) > 1 and not prop.uselist:
        warn(f"Multiple rows returned with uselist=False for lazily-loaded attribute '{prop}' ")
    return _put(state, prop, rows)


def _session_of(state: InstanceState, prop: Any) -> Any:
    session = None if state.home is None else state.home.session()
    if session is None:
        raise DetachedInstanceError(
            f"Parent instance {shown_instance(state())} is not bound to a Session; lazy load "
            f"operation of attribute '{prop.key}' cannot proceed",
            hint=f"load it before the session ends: selectinload({prop})",
        )
    return session


def _statement(query: LazyQuery, told: Any) -> Any:
    """Return the query, with what the statement that loaded the object said of it."""
    statement = query.statement
    choice = None if told is None else told.choice(query.prop)
    if choice is not None and choice.path is not None and choice.path.criteria:
        statement = statement.where(*choice.path.criteria)
    options = () if told is None else told.options(query.prop, query.target)
    return statement.options(*options) if options else statement


def _rows(session: Any, statement: Any, own: dict[str, Any], why: Any) -> list[Any]:
    result = session.execute(statement, own, execution_options=why)
    rows: list[Any] = made_unique(result).scalars().all()
    return rows


def _put(state: InstanceState, prop: Any, rows: Sequence[Any]) -> Any:
    """Give an object what is related to it."""
    link = link_of(prop)
    values = state().__dict__
    if link.collection_class is None:
        values[prop.key] = rows[0] if rows else None
    else:
        made = values[prop.key] = link.collection(state, rows)
        link.take_waiting(state, made)
    return values[prop.key]


def _refusal(prop: Any, why: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"'{prop}' is not available due to {why}",
        hint=f"load it with its owner: .options(selectinload({prop}))",
    )


def _own(
    state: InstanceState, values: dict[str, Any], key: str, stored: dict[str, Any] | None
) -> Any:
    """Return the value of an object's own column; for a flush, as it is in the database."""
    if stored is not None and stored.get(key, NO_VALUE) is not NO_VALUE:
        return stored[key]
    if key in values:
        return values[key]
    return load_missing(state, key)


def _at_hand(session: Any, query: LazyQuery, values: dict[str, Any]) -> Any:
    """Return what the session has already, where the key tells which it is."""
    if not query.is_by_key:
        return None
    found = session._home.find(query.prop.mapper.base, query.key_of(values))
    if found is None or not isinstance(found, query.prop.mapper.class_):
        return None
    return found
