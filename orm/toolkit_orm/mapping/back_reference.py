"""The two sides of a relationship: found by name, or made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_orm.mapping.direction import MANYTOMANY

if TYPE_CHECKING:
    from toolkit_orm.mapping.relationship_property import RelationshipProperty

Backref = tuple[str, dict[str, Any]]


def backref(name: str, **kwargs: Any) -> Backref:
    """Say how the other side of a relationship is to be made.

    >>> backref("owner", lazy="joined")
    ('owner', {'lazy': 'joined'})
    """
    return name, kwargs


def pair_up(prop: RelationshipProperty[Any]) -> None:
    """Link a relationship with the other side that ``back_populates`` names."""
    key = _name_of(prop)
    mapper = prop.mapper
    other = mapper.props.get(key)
    if other is None:
        raise InvalidRequestError(
            f"Mapper '{mapper}' has no property '{key}'.  If this property was indicated from "
            "other mappers or configure events, ensure registry.configure() has been called.",
            hint=mapper.nearest_key(key)
            or f"{key} = relationship(back_populates={prop.key!r}) in {mapper.class_.__name__}",
        )
    if not hasattr(other, "reverse"):
        raise InvalidRequestError(
            f"back_populates on relationship '{prop}' refers to attribute '{other}' that is not a "
            "relationship.  The back_populates parameter should refer to the name of a "
            "relationship on the target class."
        )
    _link(prop, other)


def _name_of(prop: RelationshipProperty[Any]) -> str:
    given = prop.back_populates
    if callable(given):
        given = given()
    name = given if isinstance(given, str) else given.key
    prop.back_populates = name
    return str(name)


def _link(prop: RelationshipProperty[Any], other: Any) -> None:
    for one, another in ((prop, other), (other, prop)):
        if not one.viewonly:
            continue
        if another.sync_backref:
            raise InvalidRequestError(
                f"Relationship {another} cannot specify sync_backref=True since {one} includes "
                "viewonly=True."
            )
        if not another.viewonly:
            another.sync_backref = False
    other.configure()
    if not other.mapper.common_parent(prop.parent):
        raise ArgumentError(
            f"reverse_property '{prop.key}' on relationship {prop} references relationship "
            f"{other}, which does not reference mapper {prop.parent}"
        )
    if prop.direction is other.direction and prop.direction is not MANYTOMANY:
        raise ArgumentError(
            f"{prop} and back-reference {other} are both of the same direction "
            f"{prop.direction!r}.  Did you mean to set remote_side on the many-to-one side ?"
        )
    for one, another in ((prop, other), (other, prop)):
        if not any(another is there for there in one.reverse):
            one.reverse.append(another)


def make_backref(prop: RelationshipProperty[Any]) -> None:
    """Make the other side of a relationship on the class that it leads to."""
    if prop.backref is None:
        return
    key, given = (prop.backref, {}) if isinstance(prop.backref, str) else prop.backref
    mapper = prop.mapper
    there = mapper.props.get(key)
    if there is not None:
        raise ArgumentError(
            f"Error creating backref '{key}' on relationship '{prop}': property of that name "
            f"exists on mapper '{mapper}'"
        )
    options = dict(given)
    condition = prop.condition
    if prop.secondary is not None:
        options.setdefault("primaryjoin", condition.secondaryjoin)
        options.setdefault("secondaryjoin", condition.primaryjoin)
    else:
        options.setdefault(
            "primaryjoin", condition.reversed_primaryjoin(told="remote_side" in options)
        )
    for word in ("viewonly", "post_update", "passive_updates", "sync_backref"):
        options.setdefault(word, getattr(prop, word))
    prop.back_populates = key
    made = type(prop)(prop.parent.class_, prop.secondary, back_populates=prop.key, **options)
    mapper.add_property(key, made)
