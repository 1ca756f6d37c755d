"""What goes with what: objects that are nobody's any more, and those that may be one's only."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import func, select
from toolkit.exc import ArgumentError, InvalidRequestError, SAWarning
from toolkit.orm import Mapped, backref, mapped_column, relationship
from toolkit.schema import Column, ForeignKey, Table


def two_parents(base: Any, **mapper_args: Any) -> Any:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        first_id: Mapped[int | None] = mapped_column(ForeignKey("first.id"))
        second_id: Mapped[int | None] = mapped_column(ForeignKey("second.id"))
        __mapper_args__ = mapper_args

    def owner(name: str) -> Any:
        namespace = {
            "__tablename__": name,
            "id": mapped_column(primary_key=True),
            "__annotations__": {"id": Mapped[int]},
            "children": relationship(
                Child, cascade="all, delete-orphan", backref=backref(name, lazy="select")
            ),
        }
        return type(base)(name.capitalize(), (base,), namespace)

    found = owner("first"), owner("second"), Child
    base.registry.configure()
    return found


def count(session: Any, cls: Any) -> int:
    found: int = session.scalar(select(func.count()).select_from(cls))
    return found


def test_one_that_is_taken_from_either_of_two_parents_goes(base: Any, opened: Any) -> None:
    first, second, child = two_parents(base)
    session = opened()
    one = child()
    a, b = first(children=[one]), second(children=[one])
    session.add_all([a, b])
    session.commit()
    b.children.remove(one)
    session.commit()
    assert count(session, child) == 0


@pytest.mark.parametrize("legacy", [False, True])
def test_a_new_one_leaves_the_session_when_it_is_nobodys(
    base: Any, opened: Any, legacy: bool
) -> None:
    first, second, child = two_parents(base, legacy_is_orphan=legacy)
    session = opened()
    one = child()
    a, b = first(children=[one]), second(children=[one])
    session.add_all([a, b])
    a.children.remove(one)
    assert (one in session) is legacy
    if legacy:
        b.children.remove(one)
        assert one not in session


def test_a_new_one_that_never_had_a_parent_is_written(base: Any, opened: Any) -> None:
    first, _, child = two_parents(base)
    session = opened()
    session.add_all([first(), child()])
    session.commit()
    assert count(session, child) == 1


def test_one_that_is_given_to_another_while_its_parent_goes_stays(base: Any, opened: Any) -> None:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))

    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[list[Child]] = relationship(Child, cascade="all")

    session = opened()
    one = Child(id=1)
    former, other = Parent(id=1, children=[one]), Parent(id=2)
    session.add_all([former, other])
    session.commit()
    with session.no_autoflush:
        session.delete(former)
        other.children.append(one)
    session.commit()
    assert one.parent_id == 2


def single(base: Any, *, between: bool = False) -> Any:
    class Part(base):
        __tablename__ = "part"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Whole(base):
        __tablename__ = "whole"
        id: Mapped[int] = mapped_column(primary_key=True)
        part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))

    options: Any = {"cascade": "all, delete-orphan", "single_parent": True}
    if between:
        options["secondary"] = Table(
            "whole_part",
            base.metadata,
            Column("whole_id", ForeignKey("whole.id"), primary_key=True),
            Column("part_id", ForeignKey("part.id"), primary_key=True),
        )
    Whole.part = relationship(Part, **options)
    base.registry.configure()
    return Whole, Part


@pytest.mark.parametrize("between", [False, True])
def test_an_object_may_be_one_parents_only(base: Any, between: bool) -> None:
    whole, part = single(base, between=between)
    one = part()
    given = [one] if between else one
    owner = whole(part=given)
    with pytest.raises(
        InvalidRequestError, match=r"already associated with .* via its Whole\.part attribute"
    ) as caught:
        whole(part=given)
    assert caught.value.code == "bbf1"
    owner.part = [] if between else None
    assert whole(part=given).part == given


def test_the_only_part_goes_with_its_whole_and_when_it_is_replaced(base: Any, opened: Any) -> None:
    whole, part = single(base)
    session = opened()
    owner = whole(part=part())
    session.add(owner)
    session.commit()
    owner.part = part()
    session.commit()
    assert count(session, part) == 1
    session.delete(owner)
    session.commit()
    assert count(session, part) == 0


def test_on_the_many_side_delete_orphan_wants_single_parent(base: Any) -> None:
    whole, part = single(base)
    whole.other = relationship(part, cascade="all, delete-orphan", viewonly=False, overlaps="part")
    with pytest.raises(ArgumentError, match="set the single_parent=True flag") as caught:
        base.registry.configure()
    assert caught.value.code == "bbf0"


def test_delete_orphan_without_delete_is_warned_of() -> None:
    with pytest.warns(SAWarning, match="requires 'delete'"):
        relationship("X", cascade="delete-orphan")


@pytest.mark.parametrize("loaded", [True, False])
def test_orphans_of_a_tree_go_with_all_below_them(base: Any, opened: Any, loaded: bool) -> None:
    class Node(base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        above_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        below: Mapped[list[Any]] = relationship(
            "Node",
            cascade="all, delete-orphan",
            backref=backref("above", remote_side="Node.id"),
            order_by="Node.id",
        )

    session = opened()
    root = Node(id=1, below=[Node(id=2, below=[Node(id=3), Node(id=4)]), Node(id=5)])
    session.add(root)
    session.commit()
    if loaded:
        assert [one.id for one in root.below[0].below] == [3, 4]
    root.below[1].below.append(root.below[0].below[0])
    root.below.remove(root.below[0])
    session.commit()
    assert session.scalars(select(Node.id).order_by(Node.id)).all() == [1, 3, 5]
