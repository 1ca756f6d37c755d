"""What savepoints promise of the objects of a session, on every server."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from tests.orm.session.family import Child, Parent
from toolkit import Engine, delete, event, inspect, select, text, update
from toolkit.exc import IntegrityError, ResourceClosedError
from toolkit.orm import Session

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


@pytest.fixture
def parent(session: Session) -> Parent:
    made = Parent(name="p", children=[Child(name="a"), Child(name="b")])
    session.add(made)
    session.commit()
    assert [one.name for one in made.children] == ["a", "b"]
    return made


def test_what_was_changed_before_is_flushed_and_kept(session: Session, parent: Parent) -> None:
    parent.name = "before"
    savepoint = session.begin_nested()
    assert parent not in session.dirty
    parent.name = "inside"
    savepoint.rollback()
    assert parent.name == "before"


def test_what_was_only_loaded_stays_as_it_is(session: Session, parent: Parent) -> None:
    other = Parent(name="other")
    session.add(other)
    session.flush()
    with session.begin_nested() as savepoint:
        parent.name = "inside"
        session.flush()
        savepoint.rollback()
    assert "name" not in inspect(parent).dict
    assert "name" in inspect(other).dict


def test_new_objects_are_new_again_and_deleted_ones_are_back(
    session: Session, parent: Parent
) -> None:
    first = parent.children[0]
    savepoint = session.begin_nested()
    new = Parent(name="new")
    session.add(new)
    session.delete(first)
    session.flush()
    savepoint.rollback()
    assert inspect(new).transient
    assert inspect(first).persistent
    assert parent.children[0] is first


def test_a_child_that_moved_inside_is_where_it_was(session: Session, parent: Parent) -> None:
    other = Parent(name="other")
    session.add(other)
    session.flush()
    moved = parent.children[0]
    assert other.children == []
    savepoint = session.begin_nested()
    other.children.append(moved)
    session.flush()
    savepoint.rollback()
    assert moved.parent is parent
    assert [one.name for one in parent.children] == ["a", "b"]
    assert other.children == []


def test_what_expired_inside_and_was_loaded_there_is_loaded_anew(
    session: Session, parent: Parent
) -> None:
    savepoint = session.begin_nested()
    session.delete(parent.children[0])
    session.flush()
    session.expire(parent)
    assert [one.name for one in parent.children] == ["b"]
    savepoint.rollback()
    assert [one.name for one in parent.children] == ["a", "b"]


def test_all_that_expired_inside_is_loaded_anew(session: Session, parent: Parent) -> None:
    savepoint = session.begin_nested()
    session.execute(text("update of_parent set name = 'inside'"))
    session.expire_all()
    assert parent.name == "inside"
    savepoint.rollback()
    assert parent.name == "p"


def test_statements_of_classes_inside_are_taken_back(session: Session, parent: Parent) -> None:
    first = parent.children[0]
    savepoint = session.begin_nested()
    session.execute(update(Parent).values(name="inside"))
    session.execute(delete(Child).where(Child.id == first.id))
    assert (parent.name, inspect(first).deleted) == ("inside", True)
    savepoint.rollback()
    assert (parent.name, inspect(first).persistent) == ("p", True)


def test_a_key_that_changed_inside_is_what_it_was(session: Session) -> None:
    parent = Parent(id=1, name="alone")
    session.add(parent)
    session.flush()
    savepoint = session.begin_nested()
    parent.id = 100
    session.flush()
    assert session.get(Parent, 100) is parent
    savepoint.rollback()
    assert inspect(parent).identity == (1,)
    assert session.get(Parent, 1) is parent


def test_what_an_inner_one_has_released_goes_with_the_outer_one(session: Session) -> None:
    outer = session.begin_nested()
    with session.begin_nested():
        new = Parent(name="new")
        session.add(new)
    assert inspect(new).persistent
    outer.rollback()
    assert inspect(new).transient


def test_a_rollback_ends_savepoints_inside_with_what_they_did(session: Session) -> None:
    outer = session.begin_nested()
    inner = session.begin_nested()
    new = Parent(name="new")
    session.add(new)
    session.flush()
    outer.rollback()
    assert inspect(new).transient
    assert not inner.is_active
    assert not session.in_nested_transaction()
    with pytest.raises(ResourceClosedError):
        inner.rollback()


def test_an_error_inside_leaves_the_transaction_usable(session: Session, parent: Parent) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Parent(name="p"))
    session.add(Parent(name="q"))
    session.commit()
    assert session.scalars(select(Parent.name).order_by(Parent.name)).all() == ["p", "q"]


def test_a_savepoint_without_a_statement_sends_nothing(engine: Engine) -> None:
    sent: list[str] = []

    @event.listens_for(engine, "savepoint")
    def note(connection: Any, name: str) -> None:
        sent.append(name)

    with Session(engine) as session:
        session.connection()
        with session.begin_nested():
            assert sent == []
        with session.begin_nested():
            session.execute(text("select 1"))
            assert len(sent) == 1


def test_what_nobody_holds_is_not_held_until_the_end(session: Session) -> None:
    session.add_all([Parent(name=f"p{number}") for number in range(3)])
    session.flush()
    for parent in session.scalars(select(Parent)):
        parent.name = f"{parent.name}!"
    session.flush()
    del parent
    gc.collect()
    assert len(session.identity_map) == 0
    session.rollback()
    assert session.scalars(select(Parent)).all() == []
