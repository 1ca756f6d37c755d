"""Joining along a relationship: the joins that it comes to."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.joins import Join
from toolkit_core.expression.select import JoinStep
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.polymorphic_source import with_polymorphic
from toolkit_orm.query.sides import adapted, between, both

Steps = tuple[JoinStep, ...]


def steps_along(
    path: RelationshipAttribute, left: Any, right: Any, isouter: bool, full: bool
) -> Steps:
    """Return the joins along a relationship, to what was said or to what it leads to.

    Between two classes as they are the joins are always the same: they are kept.
    """
    prop = path.prop
    prop.parent.check_configure()
    near = path.source if left is None else _left(left, path)
    far = _right(target_of(path) if right is None else right, path)
    if path.criteria or not (isinstance(near, Entity) and isinstance(far, Entity)):
        return made_steps(path, near, far, isouter=isouter, full=full)
    memo = prop.__dict__.setdefault("_join_steps", {})
    key = (near, far, bool(isouter), bool(full))
    found: Steps | None = memo.get(key)
    if found is None:
        found = memo[key] = made_steps(path, near, far, isouter=isouter, full=full)
    return found


def target_of(path: RelationshipAttribute) -> Any:
    """Return what a relationship leads to: the entity of a class, or an alias of one."""
    if path.target is not None:
        return path.target
    entity = path.prop.entity
    source = getattr(entity, "entity", None)
    if isinstance(source, Entity):
        return source
    return resolved(entity)


def loaded_from(path: RelationshipAttribute) -> Any:
    """Return what related objects are read from when they are loaded.

    A subclass that was said with ``of_type()`` limits nothing then: its columns are read too.
    """
    found = target_of(path)
    base = path.prop.mapper
    if isinstance(found, Entity) and found.mapper is not base and found.mapper.isa(base):
        return resolved(with_polymorphic(base.class_, [found.mapper.class_]))
    return found


def _left(left: Any, path: RelationshipAttribute) -> Any:
    found = resolved(left)
    return found if hasattr(found, "attribute_of") else path.source


def _right(right: Any, path: RelationshipAttribute) -> Any:
    found = resolved(right)
    if isinstance(found, RelationshipAttribute):
        raise InvalidRequestError(
            "No 'on clause' argument may be passed when joining to a relationship path as a target",
            hint=f"one join after the other: .join({found}).join({path})",
        )
    mapper = getattr(found, "mapper", None)
    if mapper is not None:
        if not (mapper.isa(path.prop.mapper) or path.prop.mapper.isa(mapper)):
            raise InvalidRequestError(
                f"Join target {mapper} does not correspond to the right side of join condition "
                f"{path}",
                hint=f"it leads to {path.prop.mapper.class_.__name__}",
            )
        return found
    # A table, or a subquery, in place of the class: its columns are found by what they come from.
    return Other(found, path.prop.mapper)


class Other:
    """A source that a class is read from in one join: a table, or a subquery."""

    def __init__(self, source: Any, mapper: Any) -> None:
        self.source = source
        self.mapper = mapper

    def attribute_of(self, column: Any) -> Any:
        """Return the column that comes from another."""
        found = self.source.corresponding_column(column)
        return column if found is None else found


def made_steps(
    path: RelationshipAttribute, near: Any, far: Any, *, isouter: bool, full: bool
) -> Steps:
    """Return the joins along a relationship between two sources."""
    found = between(path.prop, near, far)
    criteria = [
        adapted(one, far) if isinstance(far, AliasedEntity) else one for one in path.criteria
    ]
    right = far.source if isinstance(far, Other) else far
    last = both(found.primary if found.secondary is None else found.secondary, *criteria)
    if found.secondary is None:
        return (JoinStep(near, right, last, isouter=isouter, full=full),)
    if isouter or full:
        inner = Join(found.table, right, last)
        return (JoinStep(near, inner, found.primary, isouter=isouter, full=full),)
    return (
        JoinStep(near, found.table, found.primary, isouter=False, full=False),
        JoinStep(found.table, right, last, isouter=False, full=False),
    )
