"""A warning where two relationships would write the same column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import warn

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.relationship_property import RelationshipProperty


def warn_of_overlaps(prop: RelationshipProperty[Any]) -> None:
    """Warn if another relationship copies another column to a column that this one writes."""
    for source, target in (*prop.synchronize_pairs, *prop.secondary_synchronize_pairs):
        others = _writers(prop, target)
        conflicts = [
            (other, theirs)
            for other, theirs in others
            if other is not prop
            and theirs is not None
            and _may_conflict(prop, other, source, theirs)
        ]
        if conflicts:
            _warn(prop, source, target, conflicts)
        others.append((prop, source))


def _writers(prop: RelationshipProperty[Any], target: Any) -> list[Any]:
    """Return who writes a column, as far as they have been checked, with what they copy."""
    entries = prop.parent.registry._written.setdefault(target, [])
    entries[:] = [entry for entry in entries if _is_there(entry[0])]
    return entries


def _is_there(prop: RelationshipProperty[Any]) -> bool:
    return prop.parent.props.get(prop.key) is prop


def _may_conflict(
    prop: RelationshipProperty[Any], other: RelationshipProperty[Any], source: Any, theirs: Any
) -> bool:
    if any(other is one for one in prop.reverse) or any(prop is one for one in other.reverse):
        return False
    if other.key in prop.overlaps or prop.key in other.overlaps:
        return False
    if "__*" in prop.overlaps or "__*" in other.overlaps:
        return False
    if other.viewonly or not _share_objects(prop, other):
        return False
    return theirs is not source or prop.key != other.key or _is_related(prop.parent, other.parent)


def _share_objects(one: RelationshipProperty[Any], two: RelationshipProperty[Any]) -> bool:
    """Tell whether an object may be on the same side of both."""
    if one.secondary is not None or two.secondary is not None:
        return True
    mine = one.mapper if one.is_one_to_many else one.parent
    theirs = two.mapper if two.is_one_to_many else two.parent
    return _is_related(mine, theirs)


def _is_related(one: Mapper, two: Mapper) -> bool:
    return one.isa(two) or two.isa(one)


def _warn(prop: RelationshipProperty[Any], source: Any, target: Any, conflicts: list[Any]) -> None:
    shown = ", ".join(
        sorted(f"'{other}' (copies {theirs} to {target})" for other, theirs in conflicts)
    )
    keys = ",".join(sorted({other.key for other, _ in conflicts}))
    warn(
        f"relationship '{prop}' will copy column {source} to column {target}, which conflicts with "
        f"relationship(s): {shown}. If this is not the intention, consider if these relationships "
        "should be linked with back_populates, or if viewonly=True should be applied to one or "
        "more if they are read-only. For the less common case that foreign key constraints are "
        "partially overlapping, the orm.foreign() annotation can be used to isolate the columns "
        "that should be written towards.   To silence this warning, add the parameter "
        f"'overlaps=\"{keys}\"' to the '{prop}' relationship.",
        code="qzyx",
    )
