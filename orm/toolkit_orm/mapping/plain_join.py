"""The plain case of a join condition: one foreign key between two tables says it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.schema import Column, Table

if TYPE_CHECKING:
    from toolkit_orm.mapping.join_condition import Sides


class PlainJoin(NamedTuple):
    """Two columns, by which of them refers to the other, and by the side each is on."""

    referred: Any
    referring: Any
    near: Any
    far: Any


def plain_join(
    sides: Sides, path: list[tuple[Any, Any]], condition: Any, remote_side: list[Any]
) -> PlainJoin | None:
    """Return what one foreign key says of a relationship; None if there is more to be asked.

    ``path`` are the columns that foreign keys compare in ``condition``.  Whatever is to be
    refused or warned of is no plain case: who looks at all of the condition says so.
    """
    if len(path) != 1 or not _are_tables(sides):
        return None
    referred, referring = path[0]
    if not _is_between(condition, referred, referring):
        return None
    far = [one for one in path[0] if _is_far(sides, one, one is referring, remote_side)]
    if len(far) != 1 or not sides.target.c.contains_column(far[0]):
        return None
    near = referring if far[0] is referred else referred
    return PlainJoin(referred, referring, near, far[0])


def _are_tables(sides: Sides) -> bool:
    """Tell whether each side is a table, and no part of something larger."""
    return (
        isinstance(sides.parent, Table)
        and isinstance(sides.target, Table)
        and sides.parent is sides.parent_local
        and sides.target is sides.target_local
    )


def _is_between(condition: Any, referred: Any, referring: Any) -> bool:
    """Tell whether a condition is that one column equals the other, to which it refers."""
    return (
        isinstance(referred, Column)
        and isinstance(referring, Column)
        and condition.__class__ is BinaryExpression
        and condition.operator is operators.eq
        and condition.left is referred
        and condition.right is referring
        and referred is not referring
        and referring.references(referred)
        and not referred.references(referring)
    )


def _is_far(sides: Sides, column: Any, is_foreign: bool, remote_side: list[Any]) -> bool:
    if remote_side:
        return any(column is one for one in remote_side)
    if sides.parent is sides.target:
        return is_foreign
    return bool(sides.target.c.contains_column(column))
