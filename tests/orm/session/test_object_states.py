"""States that are set by hand, what is modified, and what a session says of its objects."""

from __future__ import annotations

import gc

import pytest

from tests.orm.session.family import Child, Parent, Word
from toolkit import Engine, inspect, select, text
from toolkit.exc import InvalidRequestError, SADeprecationWarning
from toolkit.orm import (
    Session,
    make_transient,
    make_transient_to_detached,
    object_session,
    was_deleted,
)
from toolkit.orm.attributes import flag_dirty, flag_modified
from toolkit.orm.exc import DetachedInstanceError, UnmappedInstanceError

pytestmark = pytest.mark.backend("sqlite")


@pytest.fixture
def parent(session: Session) -> Parent:
    made = Parent(id=1, name="p", children=[Child(name="a")])
    session.add(made)
    session.commit()
    assert [one.name for one in made.children] == ["a"]
    return made


def test_a_copy_is_made_of_what_becomes_transient(session: Session, parent: Parent) -> None:
    make_transient(parent)
    assert inspect(parent).transient
    parent.id = 2
    parent.name = "copy"
    session.add(parent)
    session.commit()
    assert session.scalars(select(Parent.name).order_by(Parent.id)).all() == ["p", "copy"]


def test_a_row_is_known_by_its_key_alone(session: Session, parent: Parent) -> None:
    session.expunge_all()
    known = Parent(id=1)
    make_transient_to_detached(known)
    session.add(known)
    assert known.name == "p"
    with pytest.raises(InvalidRequestError, match="must be transient"):
        make_transient_to_detached(known)
    with pytest.raises(InvalidRequestError, match="no primary key"):
        make_transient_to_detached(Parent(name="without"))


def test_what_was_deleted_is_known(session: Session, parent: Parent) -> None:
    session.delete(parent)
    session.flush()
    assert was_deleted(parent)
    assert parent not in session
    with pytest.raises(InvalidRequestError, match="has been deleted"):
        session.add(parent)
    session.rollback()
    assert not was_deleted(parent)


def test_changes_are_told_from_touches(session: Session, parent: Parent) -> None:
    parent.name = "p"
    assert parent in session.dirty
    assert not session.is_modified(parent)
    parent.name = "q"
    assert session.is_modified(parent)
    session.rollback()
    parent.words.append(Word(text="w"))
    assert session.is_modified(parent)
    assert not session.is_modified(parent, include_collections=False)
    assert session.is_modified(Parent(name="new"))
    assert not session.is_modified(Parent())


def test_what_was_changed_in_place_is_flagged(session: Session, parent: Parent) -> None:
    _ = parent.name
    flag_modified(parent, "name")
    assert session.is_modified(parent)
    session.rollback()
    flag_dirty(parent)
    assert parent in session.dirty
    assert not session.is_modified(parent)


def test_a_flush_of_some_objects_is_deprecated_and_done(session: Session, parent: Parent) -> None:
    new = Parent(name="new")
    session.add(new)
    parent.name = "changed"
    with pytest.warns(SADeprecationWarning, match="flush"):
        session.flush([parent])
    assert inspect(new).pending
    assert parent not in session.dirty
    with pytest.warns(SADeprecationWarning, match="flush"):
        session.flush([new])
    assert inspect(new).persistent


def test_objects_of_a_session_are_told_apart_by_identity(session: Session) -> None:
    first, second = Parent(name="same"), Parent(name="same")
    session.add_all([first, second])
    assert len(session.new) == 2
    assert first in session.new
    assert list(session.new.difference([first])) == [second]
    assert (session.new | session.dirty) == session.new


def test_the_identity_map_finds_objects_by_their_keys(session: Session, parent: Parent) -> None:
    key = inspect(parent).key
    assert session.identity_map[key] is parent
    assert key in session.identity_map
    assert parent not in session.identity_map
    assert Session.identity_key(Parent, 1) == key
    with pytest.raises(KeyError):
        _ = session.identity_map[(Parent, (99,), None)]


def test_an_object_does_not_hold_its_session(engine: Engine, parent: Parent) -> None:
    session = Session(engine)
    found = session.get_one(Parent, 1)
    session.close()
    session = Session(engine)
    session.add(found)
    session.expire(found)
    session.rollback()
    del session
    gc.collect()
    assert object_session(found) is None
    assert inspect(found).detached
    with pytest.raises(DetachedInstanceError, match="Parent at"):
        _ = found.name
    with Session(engine) as again:
        again.add(found)
        assert found.name == "p"


def test_a_new_object_may_load_what_its_keys_refer_to(session: Session, parent: Parent) -> None:
    child = Child(parent_id=1)
    assert child.parent is None
    child = Child(parent_id=1)
    session.enable_relationship_loading(child)
    assert child.parent is parent
    assert child not in session
    session.commit()
    assert session.execute(text("select count(*) from of_child")).scalar() == 1


def test_what_is_not_mapped_is_named(session: Session) -> None:
    for method in (session.add, session.delete, session.merge, session.expunge, session.refresh):
        with pytest.raises(UnmappedInstanceError, match="int"):
            method(3)
    with pytest.raises(UnmappedInstanceError, match="was a class"):
        session.add(Parent)
    with pytest.raises(InvalidRequestError, match="is not persisted"):
        session.delete(Parent())


def test_what_is_deleted_already_is_left_out_when_its_owner_goes(session: Session) -> None:
    """It is in the collection until that is loaded anew; there is no second DELETE of its row."""
    owner = Parent(children=[Child(), Child()])
    session.add(owner)
    session.commit()
    first, second = owner.children
    session.delete(first)
    session.flush()
    session.delete(owner)
    assert first not in session.deleted
    assert second in session.deleted
    session.flush()
    session.rollback()
    assert first in session
    assert owner.children == [first, second]
