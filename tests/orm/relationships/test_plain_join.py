"""One foreign key between two tables is taken at once, and means what it means in any condition."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Column, ForeignKey, Integer, MetaData, Table
from toolkit_orm.mapping.column_pairs import nodes_in
from toolkit_orm.mapping.join_condition import JoinCondition, Sides
from toolkit_orm.mapping.marked_column import MarkedColumn

metadata = MetaData()
shelf = Table(
    "shelf",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("above_id", ForeignKey("shelf.id")),
)
book = Table(
    "book",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shelf_id", ForeignKey("shelf.id")),
)

CASES = {
    "many to one": (book, shelf, []),
    "one to many": (shelf, book, []),
    "many to one, told so": (book, shelf, [shelf.c.id]),
    "one to many, told so": (shelf, book, [book.c.shelf_id]),
    "to those below": (shelf, shelf, []),
    "to the one above": (shelf, shelf, [shelf.c.id]),
}


def condition(parent: Any, target: Any, remote: list[Any], **given: Any) -> JoinCondition:
    """Return the condition of a relationship between two tables."""
    sides = Sides(parent, parent, target, target, None)
    return JoinCondition("A.b", sides, remote_side=remote, **given)


def marks(found: JoinCondition) -> list[tuple[str, bool, bool]]:
    """Return the columns of a condition with their marks."""
    leaves = [one for one in nodes_in(found.marked[0]) if isinstance(one, MarkedColumn)]
    return [(str(one.element), one.is_foreign, one.is_remote) for one in leaves]


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_the_same_condition_says_when_it_is_told(case: str) -> None:
    parent, target, remote = CASES[case]
    found = condition(parent, target, remote)
    # Its marks are made when they are asked for; those of a condition that is told, at once.
    assert "_marked" not in vars(found)
    told = condition(parent, target, remote, primaryjoin=found.primaryjoin)
    assert found.direction is told.direction
    for pairs in ("local_remote_pairs", "synchronize_pairs", "secondary_synchronize_pairs"):
        mine, theirs = getattr(found, pairs), getattr(told, pairs)
        assert [[id(one) for one in pair] for pair in mine] == [
            [id(one) for one in pair] for pair in theirs
        ]
    assert [id(one) for one in found.foreign] == [id(one) for one in told.foreign]
    assert [id(one) for one in found.remote] == [id(one) for one in told.remote]
    assert found.local_columns == told.local_columns
    assert marks(found) == marks(told)
    assert sum(is_foreign for _, is_foreign, _ in marks(found)) == 1
    assert sum(is_remote for _, _, is_remote in marks(found)) == 1


def test_the_other_side_sees_it_reversed() -> None:
    found = condition(book, shelf, [])
    seen = [
        (str(one.element), one.is_foreign, one.is_remote)
        for one in nodes_in(found.reversed_primaryjoin(told=False))
        if isinstance(one, MarkedColumn)
    ]
    assert seen == [("shelf.id", False, False), ("book.shelf_id", True, True)]
