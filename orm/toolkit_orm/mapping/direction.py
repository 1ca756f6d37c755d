"""In which direction a relationship goes, by where the foreign keys are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from toolkit_core.errors import ArgumentError


class RelationshipDirection(Enum):
    """Which side of a relationship has many."""

    ONETOMANY = 1
    MANYTOONE = 2
    MANYTOMANY = 3


ONETOMANY = RelationshipDirection.ONETOMANY
MANYTOONE = RelationshipDirection.MANYTOONE
MANYTOMANY = RelationshipDirection.MANYTOMANY


def direction_of(
    name: str, parent: Any, target: Any, foreign: Iterable[tuple[Any, bool]]
) -> RelationshipDirection:
    """Tell the direction of a relationship without a table between the two.

    ``foreign`` are the referring columns, each with whether it is on the far side.
    """
    foreign = list(foreign)
    of_target = [column for column, _ in foreign if target.c.contains_column(column)]
    of_parent = [column for column, _ in foreign if parent.c.contains_column(column)]
    if of_target and of_parent:
        far = {is_far for _, is_far in foreign}
        if far == {True}:
            return ONETOMANY
        if far == {False}:
            return MANYTOONE
        raise ArgumentError(
            f"Can't determine relationship direction for relationship '{name}' - foreign key "
            "columns within the join condition are present in both the parent and the child's "
            "mapped tables.  Ensure that only those columns referring to a parent column are "
            "marked as foreign, either via the foreign() annotation or via the foreign_keys "
            "argument."
        )
    if of_target:
        return ONETOMANY
    if of_parent:
        return MANYTOONE
    raise ArgumentError(
        f"Can't determine relationship direction for relationship '{name}' - foreign key columns "
        "are present in neither the parent nor the child's mapped tables",
        hint="foreign() around the column that refers to the other, or foreign_keys=[column]",
    )
