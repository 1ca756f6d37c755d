"""What a relationship is to the objects of its class: the link that keeps both sides in step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_orm.instrument.collections import InstrumentedDict, InstrumentedList, InstrumentedSet
from toolkit_orm.instrument.link import Link

if TYPE_CHECKING:
    from toolkit_orm.mapping.relationship_property import RelationshipProperty

_KINDS: dict[Any, Any] = {
    None: InstrumentedList,
    list: InstrumentedList,
    set: InstrumentedSet,
    dict: InstrumentedDict,
}


def link_of(prop: RelationshipProperty[Any]) -> Link:
    """Return the link of a relationship, made when it is first asked for."""
    found: Link | None = prop.__dict__.get("_link")
    if found is not None:
        return found
    prop.parent.check_configure()
    made = prop.__dict__["_link"] = Link(
        prop.key,
        collection_class=kind_of(prop) if prop.uselist else None,
        target=prop.mapper.class_,
        cascades=prop.cascade.save_update,
        checks_types=prop.enable_typechecks,
    )
    if prop.sync_backref:
        made.reverse = [link_of(other) for other in prop.reverse if other.sync_backref]
    return made


def kind_of(prop: RelationshipProperty[Any]) -> Any:
    """Return the class of a relationship's collections, which tells of changes."""
    given = prop.collection_class
    found = _KINDS.get(given) if given is None or isinstance(given, type) else given
    if found is None:
        found = _told(given)
    return found


def _told(given: type[Any]) -> Any:
    """Return a subclass of a user's own collection that tells of changes."""
    for base, kind in ((list, InstrumentedList), (set, InstrumentedSet), (dict, InstrumentedDict)):
        if issubclass(given, base):
            if issubclass(given, kind):
                return given
            made = _KINDS[given] = type(given.__name__, (given, kind), {})
            return made
    raise ArgumentError(
        f"{given.__name__} cannot be the collection of a relationship",
        hint="derive it from list, set or dict",
    )
