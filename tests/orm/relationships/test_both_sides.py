"""The two sides of a relationship: kept in step, moved between, not loaded for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import counted
from toolkit.exc import ArgumentError, InvalidRequestError, SAWarning
from toolkit.orm import Mapped, backref, mapped_column, relationship
from toolkit.orm.attributes import get_history
from toolkit.orm.exc import FlushError
from toolkit.schema import ForeignKey


def mapped(base: Any, *, of_parent: Any = (), of_child: Any = (), both: bool = True) -> Any:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))

    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)

    paired: dict[str, Any] = {"back_populates": "parent"} if both else {}
    Parent.children = relationship(Child, order_by=Child.id, **paired, **dict(of_parent))
    if both:
        Child.parent = relationship(Parent, back_populates="children", **dict(of_child))
    base.registry.configure()
    return Parent, Child


# What follows what: children.append(), child.parent = …
SYNC = {
    "both by default": ({}, {}, True, True),
    "not from the parent": ({"sync_backref": False}, {}, False, True),
    "not from the child": ({}, {"sync_backref": False}, True, False),
    "not what is only read": ({"viewonly": True}, {}, False, False),
    "nor by it": ({}, {"viewonly": True}, False, False),
}


@pytest.mark.parametrize("case", SYNC)
def test_one_side_follows_the_other_unless_told_not_to(base: Any, case: str) -> None:
    of_parent, of_child, by_parent, by_child = SYNC[case]
    parent, child = mapped(base, of_parent=of_parent, of_child=of_child)
    owner, one = parent(), child()
    owner.children.append(one)
    assert (one.parent is owner) is by_parent
    owner, one = parent(), child()
    one.parent = owner
    assert (one in owner.children) is by_child


def test_sync_backref_and_viewonly_exclude_each_other(base: Any) -> None:
    with pytest.raises(ArgumentError, match="sync_backref and viewonly cannot both be True"):
        relationship("X", viewonly=True, sync_backref=True)
    with pytest.raises(
        InvalidRequestError, match=r"Child\.parent cannot specify sync_backref=True since Parent"
    ):
        mapped(base, of_parent={"viewonly": True}, of_child={"sync_backref": True})


def test_the_name_of_the_other_side_may_come_from_a_function(base: Any) -> None:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
        parent: Mapped[Any] = relationship("Parent", back_populates=lambda: "children")

    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[Any] = relationship(Child, back_populates=lambda: Child.parent)

    base.registry.configure()
    assert Parent.__mapper__.relationships.children.reverse == [Child.parent.property]


def test_a_backref_has_options_of_its_own(base: Any) -> None:
    parent, child = mapped(base, both=False)
    parent.others = relationship(
        child, viewonly=True, backref=backref("first", lazy="joined", info={"a": 1}, doc="told")
    )
    base.registry.configure()
    found = child.first.property
    assert (found.lazy, found.info, found.doc, found.viewonly) == ("joined", {"a": 1}, "told", True)


@pytest.mark.parametrize("way", ["append", "set", "replace", "remove, then append"])
@pytest.mark.parametrize("state", ["new", "written", "not loaded"])
def test_an_object_moves_from_one_to_another(base: Any, opened: Any, way: str, state: str) -> None:
    parent, child = mapped(base, of_parent={"cascade": "all, delete-orphan"})
    session = opened()
    first, second, one = parent(id=1), parent(id=2), child(id=1)
    first.children.append(one)
    session.add_all([first, second])
    if state != "new":
        session.commit()
    if state == "written":
        assert [len(first.children), len(second.children)] == [1, 0]
    if way == "append":
        second.children.append(one)
    elif way == "set":
        one.parent = second
    elif way == "replace":
        second.children = [one]
    else:
        with session.no_autoflush:
            first.children.remove(one)
            second.children.append(one)
    assert one.parent is second
    assert (list(first.children), list(second.children)) == ([], [one])
    session.commit()
    assert (one.parent_id, first.children, second.children) == (2, [], [one])


def test_an_object_that_a_flush_has_deleted_is_not_taken_in(base: Any, opened: Any) -> None:
    parent, child = mapped(base)
    session = opened()
    owner, gone = parent(), child()
    session.add_all([owner, gone])
    session.commit()
    session.delete(gone)
    session.flush()
    with pytest.raises(InvalidRequestError, match="has been deleted"):
        owner.children.append(gone)


def test_what_the_other_side_adds_does_not_load_a_collection(base: Any, opened: Any) -> None:
    parent, child = mapped(base)
    session = opened()
    owner, gone = parent(), child()
    owner.children = [gone, child()]
    session.add(owner)
    session.commit()
    owner.id, gone.id  # noqa: B018 - read, so that they are loaded
    with session.no_autoflush, counted(session.get_bind()) as sent:
        new, back = child(parent=owner), child(parent=owner)
        back.parent = None
        gone.parent = None
        assert "children" not in owner.__dict__
        assert sent == []
        assert new in owner.children
        assert back not in owner.children
        assert gone not in owner.children
        assert get_history(owner, "children").added == [new]
        assert get_history(owner, "children").deleted == [gone]


def test_reading_an_empty_collection_gives_an_object_no_value(base: Any) -> None:
    parent, child = mapped(base)
    owner = parent()
    first = owner.children
    assert (first, owner.children is first, "children" in owner.__dict__) == ([], True, False)
    first.append(child())
    assert owner.__dict__["children"] is first


def test_merging_an_object_whose_empty_collection_was_read_leaves_it_alone(
    base: Any, opened: Any
) -> None:
    parent, child = mapped(base)
    session = opened()
    session.add(parent(id=1, children=[child(id=1)]))
    session.commit()
    other = parent(id=1)
    assert other.children == []
    assert len(session.merge(other).children) == 1


def test_merging_does_not_go_back_the_way_it_came(base: Any, opened: Any) -> None:
    parent, child = mapped(base)
    session = opened()
    session.add(parent(id=1, children=[child(id=1), child(id=2)]))
    session.commit()
    session.merge(child(id=3, parent=parent(id=1)))
    session.commit()
    assert [one.id for one in session.get(parent, 1).children] == [1, 2, 3]


def test_what_is_in_no_session_is_left_out_with_a_warning(base: Any, opened: Any) -> None:
    parent, child = mapped(base)
    session = opened()
    owner = parent(id=1)
    session.add(owner)
    session.commit()
    left_out = child(parent=owner)
    with pytest.warns(SAWarning, match=r"<Child> not in session.*'Parent\.children' will not"):
        session.commit()
    assert left_out not in session


WRONG: dict[str, tuple[Any, str]] = {
    "another class": (lambda parent: parent(), "objects of Child, not Parent"),
    "the class itself": (lambda parent: parent, r"not the class Parent\nTry: Parent\(…\)"),
    "text": (lambda parent: "text", "not str"),
    "None": (lambda parent: None, "leave None out"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_object_of_the_wrong_kind_is_refused_at_once(base: Any, case: str) -> None:
    make, text = WRONG[case]
    parent, _ = mapped(base)
    owner = parent()
    for kind in (FlushError, TypeError, AttributeError):
        with pytest.raises(kind, match=f"(?s)'Parent.children'.*{text}"):
            owner.children.append(make(parent))
    with pytest.raises(FlushError, match=text):
        owner.children = [make(parent)]
    assert owner.children == []


def test_a_list_for_one_object_is_refused_with_the_cure(base: Any) -> None:
    parent, child = mapped(base)
    with pytest.raises(TypeError, match=r"'Child\.parent' takes objects of Parent.*\n.*uselist"):
        child(parent=[parent()])


def test_deleting_an_attribute_takes_all_out(base: Any, opened: Any) -> None:
    parent, child = mapped(base)
    session = opened()
    owner, one, two = parent(id=1), child(id=1), child(id=2)
    owner.children = [one, two]
    session.add(owner)
    session.commit()
    del one.parent
    assert owner.children == [two]
    assert list(owner.children)
    del owner.children
    assert two.parent is None
    session.commit()
    assert (one.parent_id, two.parent_id) == (None, None)
    with pytest.raises(AttributeError, match="no value for 'parent'"):
        del child().parent
