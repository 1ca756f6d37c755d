"""What a new primary key means for rows that refer to it: they take it over, or have it already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_orm.instrument.history import members
from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of
from toolkit_orm.mapping.direction import MANYTOONE, ONETOMANY
from toolkit_orm.unit_of_work.relations import (
    Copy,
    Relations,
    Row,
    copied_pairs,
    current,
    note_row,
    written_relationships,
)
from toolkit_orm.unit_of_work.written import written


def follow_keys(relations: Relations, states: Iterable[InstanceState]) -> None:
    """Find the rows that refer to keys which have changed.

    With ``passive_updates`` the database changes them, and only what is loaded is told.
    """
    for state in states:
        committed = state.committed
        if state.pk is None or not committed or _referred(state.mapper).isdisjoint(committed):
            continue
        values = state.dict
        changed = {name for name in committed if committed[name] != values.get(name)}
        for prop in written_relationships(state.mapper):
            if prop.direction is not MANYTOONE:
                names = {state.mapper.key_of[one] for one, _ in prop.synchronize_pairs}
                if names & changed:
                    _follow_prop(relations, state, prop)
        if not changed.isdisjoint(written(state.mapper).key_names):
            for prop, one in _referring(state):
                _follow(relations, state, prop, [one])


def _follow_prop(relations: Relations, state: InstanceState, prop: Any) -> None:
    if prop.direction is ONETOMANY:
        found = _unchanged(state, prop, loads=not prop.passive_updates)
        _follow(relations, state, prop, found)
    elif not prop.passive_updates:
        _move_rows(relations, state, prop)


def _referred(mapper: Any) -> frozenset[str]:
    """Return the attributes of which other rows have copies."""
    found: frozenset[str] | None = mapper.memo.get("referred")
    if found is None:
        names = set(written(mapper).key_names)
        for prop in written_relationships(mapper):
            if prop.direction is not MANYTOONE:
                names.update(mapper.key_of[one] for one, _ in prop.synchronize_pairs)
        found = mapper.memo["referred"] = frozenset(names)
    return found


def _unchanged(state: InstanceState, prop: Any, *, loads: bool) -> list[Any]:
    """Return the related objects that stay; ``loads`` has them loaded if need be."""
    instance: Any = state()
    committed = state.committed or {}
    if loads and prop.key not in instance.__dict__:
        getattr(instance, prop.key)
    now = instance.__dict__.get(prop.key)
    if now is None:
        return []
    if not prop.uselist:
        return [] if prop.key in committed else [now]
    before = committed.get(prop.key, NO_VALUE)
    if before is NO_VALUE:
        return list(members(now))
    was = {id(one) for one in members(before or ())}
    return [one for one in members(now) if id(one) in was]


def _follow(relations: Relations, source: InstanceState, prop: Any, found: list[Any]) -> None:
    there = [state for state in map(state_of, found) if not state.is_deleted]
    copies = [Copy(source, state, copied_pairs(prop)) for state in there]
    if prop.passive_updates:
        relations.followers.setdefault(source, []).extend(copies)
    else:
        relations.copies.extend(copies)


def _referring(state: InstanceState) -> Iterator[tuple[Any, Any]]:
    """Yield objects that have an object as what they refer to, where it knows nothing of them."""
    if state.home is None:
        return
    instance = state()
    for known in list(state.home.by_base.values()):
        for other in list(known.values()):
            one = other()
            if one is None:
                continue
            for prop in written_relationships(other.mapper):
                told = any(not back.viewonly for back in prop.reverse)
                is_one = prop.direction is MANYTOONE and not told
                if is_one and one.__dict__.get(prop.key) is instance:
                    yield prop, one


def _move_rows(relations: Relations, state: InstanceState, prop: Any) -> None:
    for one in _unchanged(state, prop, loads=True):
        near, far = state, state_of(one)
        if far.is_deleted:
            continue
        before = {
            to.key: _before(near, prop.parent.key_of[start]) for start, to in prop.synchronize_pairs
        }
        for start, to in prop.secondary_synchronize_pairs:
            before[to.key] = _before(far, prop.mapper.key_of[start])
        note_row(relations.moved_rows, Row(prop, near, far, before))


def _before(state: InstanceState, name: str) -> Any:
    committed = state.committed or {}
    before = committed.get(name, NO_VALUE)
    return current(state, name) if before is NO_VALUE else before


def tell_followers(copies: Iterable[Copy]) -> None:
    """Have objects know what the database has changed with the key that they refer to."""
    for copy in copies:
        state = copy.dest
        values = state.dict
        facts = written(state.mapper)
        for start, to in copy.pairs:
            if copy.source is not None and to in values:
                values[to] = current(copy.source, start)
        taken = {to for _, to in copy.pairs}.intersection(facts.key_names)
        home = state.home
        if taken and home is not None and state.pk is not None:
            # Other parts of the key may have changed, too: they are yet to be written.
            former = state.identity or ()
            key = tuple(
                [
                    values.get(name, part) if name in taken else part
                    for name, part in zip(facts.key_names, former, strict=True)
                ]
            )
            home.forget(state)
            state.pk = key if len(key) > 1 else key[0]
            home.known(state.place)[state.pk] = state
