"""What a relationship is to the objects of its class: the link that keeps both sides in step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.link import Link
from toolkit_orm.instrument.state import NO_VALUE
from toolkit_orm.mapping.direction import MANYTOONE

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.relationship_property import RelationshipProperty


def link_of(prop: RelationshipProperty[Any]) -> Link:
    """Return the link of a relationship, made when it is first asked for."""
    found: Link | None = prop.__dict__.get("_link")
    if found is not None:
        return found
    prop.parent.check_configure()
    made = prop.__dict__["_link"] = Link(
        prop.key,
        collection_class=(prop.collection_class or list) if prop.uselist else None,
        owner=prop.parent.class_,
        target=prop.mapper.class_,
        cascades=prop.cascade.save_update,
        checks_types=prop.enable_typechecks,
        expunges_orphans=prop.cascade.delete_orphan,
        single_parent=prop.single_parent,
        peek=_peek(prop),
    )
    validator = prop.parent.validators.get(prop.key)
    if validator is not None:
        _validate(made, prop.key, *validator)
    if prop.sync_backref is not False and not prop.viewonly:
        made.reverse = [link_of(other) for other in prop.reverse if not other.viewonly]
    return made


def _validate(link: Link, key: str, check: Any, options: dict[str, bool]) -> None:
    """Have what is put into a relationship go through a method of the class."""
    more = (False,) if options["include_removes"] else ()
    backrefs = options["include_backrefs"]

    def added(instance: Any, item: Any, initiator: Any, place: Any = None) -> Any:
        if initiator is not None and not backrefs:
            return item
        return check(instance, key, item, *more)

    def was_set(instance: Any, value: Any, before: Any, initiator: Any) -> Any:
        return added(instance, value, initiator)

    def removed(instance: Any, item: Any, initiator: Any, place: Any) -> Any:
        if initiator is None or backrefs:
            check(instance, key, item, True)

    link.append_listeners = (added,)
    link.set_listeners = (was_set,)
    if more:
        link.remove_listeners = (removed,)


def _peek(prop: RelationshipProperty[Any]) -> Callable[[InstanceState], Any] | None:
    """Return what finds a many-to-one by its key among the objects of the session."""
    target = prop.mapper
    near = {id(remote): local for local, remote in prop.local_remote_pairs}
    simple = (
        prop.direction is MANYTOONE
        and prop.secondaryjoin is None
        and not prop.active_history
        and len(near) == len(target.primary_key)
        and all(id(column) in near for column in target.primary_key)
    )
    if not simple:
        return None
    base = target.base
    parent = prop.parent
    names = [parent.key_of[near[id(column)]] for column in target.primary_key]

    def peek(state: InstanceState) -> Any:
        values = state.dict
        committed = state.committed or {}
        key = tuple([committed.get(name, values.get(name, NO_VALUE)) for name in names])
        if NO_VALUE in key or state.home is None:
            return NO_VALUE
        if None in key:
            return None
        found = state.home.find(base, key if len(key) > 1 else key[0])
        return NO_VALUE if found is None else found

    return peek


def relink(state: InstanceState) -> None:
    """Have the collections of an object tell of changes again: it was pickled or copied."""
    values = state.dict
    for prop in state.mapper.relationships:
        if prop.uselist and prop.key in values:
            link_of(prop).own(state, values[prop.key])
