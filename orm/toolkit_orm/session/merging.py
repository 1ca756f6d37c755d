"""``merge()``: putting what an object has into the session's own object of the same key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_orm.errors import StaleDataError, shown_instance
from toolkit_orm.instrument.attribute_access import set_committed_value
from toolkit_orm.instrument.history import members
from toolkit_orm.instrument.state import InstanceState, new_state, state_of
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.session.flushing import autoflush
from toolkit_orm.session.membership import mapped_state

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


class Merging:
    """One ``merge()`` or ``merge_all()``: an object that comes again is merged once."""

    def __init__(self, session: Session, *, load: bool, options: Any) -> None:
        self.session = session
        self.load = load
        self.options = options
        self.merged: dict[InstanceState, Any] = {}
        # The relationships that lead back to where an object was reached from.
        self.ways_back: set[tuple[InstanceState, Any]] = set()

    def all(self, instances: Iterable[Any]) -> list[Any]:
        """Return the session's objects for those that are given."""
        session = self.session
        given = [(mapped_state(one), one) for one in instances]
        if self.load and session.autoflush:
            autoflush(session)
        with session.no_autoflush:
            return [self._one(state, one) for state, one in given]

    def _one(self, state: InstanceState, instance: Any) -> Any:
        found = self.merged.get(state)
        if found is not None:
            return found
        session = self.session
        if state.home is session._home and state.pk is not None and not state.is_deleted:
            self.merged[state] = instance
            return instance
        if state in session._new:
            warn(
                "Instance is already pending in this Session yet is being merged again; this is "
                "probably not what you want to do"
            )
            return instance
        if not self.load:
            self._check_clean(state)
        made = self._found(state) if self._has_key(state) else None
        if made is None:
            made = self._new(state)
        else:
            _check_version(state, state_of(made))
        self.merged[state] = made
        self._copy(state, made)
        if state.load_options is not None:
            state_of(made).load_options = state.load_options
        return made

    def _check_clean(self, state: InstanceState) -> None:
        """Refuse what is not as in the database, if the session does not know it already."""
        if state.pk is None:
            raise InvalidRequestError(
                "merge() with load=False option does not support objects transient (i.e. "
                "unpersisted) objects.  flush() all changes on mapped instances before merging "
                "with load=False."
            )
        known = self.session._home.find(state.place, state.pk) is not None
        if state.committed is not None and not known:
            raise InvalidRequestError(
                "merge() with load=False option does not support objects marked as 'dirty'.  "
                "flush() all changes on mapped instances before merging with load=False."
            )

    def _has_key(self, state: InstanceState) -> bool:
        if state.pk is not None:
            return True
        mapper = state.mapper
        key = [state.dict.get(name) for name in mapper.key_names]
        return all(one is not None for one in key)

    def _key(self, state: InstanceState) -> Any:
        if state.pk is not None:
            return state.pk
        key = tuple([state.dict[name] for name in state.mapper.key_names])
        return key if len(key) > 1 else key[0]

    def _found(self, state: InstanceState) -> Any:
        """Return the session's object of the key, loaded if need be."""
        session, mapper = self.session, state.mapper
        key = self._key(state)
        there = session._home.find(state.place, key)
        if there is not None:
            return there
        if self.load:
            token = state.identity_token
            return session.get(mapper.class_, key, options=self.options, identity_token=token)
        cls: Any = mapper.class_
        made = cls.__new__(cls)
        below = new_state(made)
        below.pk = key
        below.identity_token = state.identity_token
        session.add(made)
        return made

    def _new(self, state: InstanceState) -> Any:
        cls: Any = state.mapper.class_
        made = cls.__new__(cls)
        new_state(made)
        self.session.add(made)
        return made

    def _copy(self, state: InstanceState, made: Any) -> None:
        values = state.dict
        for key, prop in state.mapper.props.items():
            if key not in values or (state, prop) in self.ways_back:
                continue
            if isinstance(prop, ColumnProperty):
                self._put(made, key, values[key])
            elif isinstance(prop, RelationshipProperty) and prop.cascade.merge:
                self._copy_related(prop, values[key], made)
        if not self.load:
            below = state_of(made)
            below.committed = None
            left = below.mapper.expiring - made.__dict__.keys()
            below.stale = frozenset(left) or None

    def _related(self, prop: RelationshipProperty[Any], one: Any) -> Any:
        """Return the session's object for a related one, which does not lead back here."""
        state = state_of(one)
        self.ways_back.update((state, back) for back in prop.reverse)
        return self._one(state, one)

    def _copy_related(self, prop: RelationshipProperty[Any], value: Any, made: Any) -> None:
        writes = self.load and not prop.viewonly
        if prop.uselist:
            if writes:
                # All at once: what is there is found one by one then without a query.
                getattr(made, prop.key)
            given = [self._related(prop, one) for one in members(value)]
            if writes:
                prop.link().replace(made, given)
            else:
                set_committed_value(made, prop.key, given)
            return
        one = None if value is None else self._related(prop, value)
        if writes:
            prop.link().set(made, one)
        else:
            set_committed_value(made, prop.key, one)

    def _put(self, made: Any, key: str, value: Any) -> None:
        if self.load:
            below = state_of(made)
            if below.pk is not None:
                # What is there is known: an equal value is no change.
                getattr(made, key)
            setattr(made, key, value)
        else:
            set_committed_value(made, key, value)


def _check_version(state: InstanceState, there: InstanceState) -> None:
    column = state.mapper.version_id_col
    if column is None:
        return
    name = state.mapper.key_of[column]
    given = state.dict.get(name)
    if given is None or there.pk is None:
        return
    known = getattr(there(), name)
    if given != known:
        raise StaleDataError(
            f"Version id '{given}' on merged state {shown_instance(state())} does not match "
            f"existing version '{known}'. Leave the version attribute unset when merging to update "
            "the most recent version."
        )
