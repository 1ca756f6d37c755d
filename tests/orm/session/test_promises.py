"""What a session promises, on every server."""

from __future__ import annotations

import pickle

import pytest

from tests.orm.session.family import Animal, Cat, Child, Counted, Parent, Word
from toolkit import Engine, delete, insert, inspect, select, text, update
from toolkit.exc import IntegrityError, InvalidRequestError, PendingRollbackError
from toolkit.orm import Session, explain_flush, make_transient, object_session, sessionmaker
from toolkit.orm.exc import DetachedInstanceError, StaleDataError

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")


def names(session: Session, table: str) -> list[object]:
    return list(session.execute(text(f"select name from {table} order by id")).scalars())


def test_objects_go_through_the_documented_states(session: Session) -> None:
    parent = Parent(name="a")
    state = inspect(parent)
    assert state.transient
    session.add(parent)
    assert state.pending
    session.flush()
    assert state.persistent
    session.delete(parent)
    session.flush()
    assert state.deleted
    session.commit()
    assert state.detached
    assert state.was_deleted
    make_transient(parent)
    assert state.transient


def test_keys_come_back_for_many_objects_in_their_order(session: Session) -> None:
    parents = [Parent(name=f"p{number}") for number in range(50)]
    session.add_all(parents)
    session.flush()
    found = {row.id: row.name for row in session.execute(text("select id, name from of_parent"))}
    assert {parent.id: parent.name for parent in parents} == found


def test_a_graph_is_written_with_the_keys_of_its_parents(session: Session) -> None:
    parent = Parent(name="p", children=[Child(name="a"), Child(name="b")], words=[Word(text="w")])
    session.add(parent)
    session.commit()
    assert [child.parent_id for child in parent.children] == [parent.id, parent.id]
    rows = session.execute(text("select parent_id, word_id from of_between")).all()
    assert [tuple(row) for row in rows] == [(parent.id, parent.words[0].id)]


def test_an_orphan_is_deleted_and_one_that_moved_is_not(session: Session) -> None:
    one = Parent(
        name="one", children=[Child(name="stays"), Child(name="goes"), Child(name="moves")]
    )
    two = Parent(name="two")
    session.add_all([one, two])
    session.commit()
    _, goes, moves = one.children
    one.children.remove(goes)
    two.children.append(moves)
    session.commit()
    assert [child.name for child in one.children] == ["stays"]
    assert [child.name for child in two.children] == ["moves"]
    assert names(session, "of_child") == ["stays", "moves"]


def test_deleting_a_parent_deletes_children_and_rows_between(session: Session) -> None:
    parent = Parent(name="p", children=[Child(name="a")], words=[Word(text="w")])
    session.add(parent)
    session.commit()
    session.delete(parent)
    session.commit()
    assert names(session, "of_child") == []
    assert session.execute(text("select count(*) from of_between")).scalar() == 0
    assert session.execute(text("select count(*) from of_word")).scalar() == 1


def test_a_rollback_makes_objects_as_they_were(session: Session) -> None:
    kept = Parent(name="kept")
    session.add(kept)
    session.commit()
    kept.name = "changed"
    new = Parent(name="new")
    session.add(new)
    session.flush()
    session.rollback()
    assert kept.name == "kept"
    assert inspect(new).transient
    assert new not in session


def test_a_savepoint_takes_back_only_what_is_inside(session: Session) -> None:
    outer = Parent(name="outer")
    session.add(outer)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(Parent(name="outer"))
    session.add(Parent(name="after"))
    session.commit()
    assert names(session, "of_parent") == ["outer", "after"]


def test_a_failed_flush_asks_for_a_rollback_and_then_all_is_well(session: Session) -> None:
    session.add(Parent(name="same"))
    session.commit()
    session.add(Parent(name="same"))
    with pytest.raises(IntegrityError):
        session.flush()
    with pytest.raises(PendingRollbackError, match="same"):
        session.execute(text("select 1"))
    session.rollback()
    assert names(session, "of_parent") == ["same"]


def test_a_row_that_changed_meanwhile_is_stale(session: Session) -> None:
    counted = Counted(value=1)
    session.add(counted)
    session.commit()
    assert (counted.version, counted.made) == (1, 5)
    counted.value = 2
    session.commit()
    assert counted.version == 2
    with session.no_autoflush:
        session.execute(text("update of_counted set version = 9"))
        counted.value = 3
        with pytest.raises(StaleDataError, match="0 were matched"):
            session.flush()
    session.rollback()
    assert counted.value == 2


def test_rows_of_joined_classes_are_in_all_their_tables(session: Session) -> None:
    cat = Cat(name="tom", purrs=3)
    session.add_all([cat, Animal(name="dog")])
    session.commit()
    rows = session.execute(text("select kind, name from of_animal order by id")).all()
    assert sorted(map(tuple, rows)) == [("animal", "dog"), ("cat", "tom")]
    cat.purrs = 4
    cat.name = "tim"
    session.commit()
    assert session.execute(text("select purrs from of_cat")).scalar() == 4
    session.delete(cat)
    session.commit()
    assert names(session, "of_animal") == ["dog"]
    assert session.execute(text("select count(*) from of_cat")).scalar() == 0


def test_a_merged_graph_is_written_to_the_objects_of_the_session(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as first:
        parent = Parent(name="p", children=[Child(name="a")])
        first.add(parent)
        first.commit()
    parent.name = "q"
    parent.children[0].name = "b"
    with Session(engine) as second:
        merged = second.merge(parent)
        assert merged is not parent
        second.commit()
        assert (merged.name, merged.children[0].name) == ("q", "b")


def test_statements_of_classes_reach_the_objects(session: Session) -> None:
    session.execute(insert(Parent), [{"name": "a"}, {"name": "b"}])
    a, b = session.scalars(select(Parent).order_by(Parent.id)).all()
    session.execute(update(Parent).where(Parent.name == "a").values(name="c"))
    session.execute(delete(Parent).where(Parent.name == "b"))
    assert a.name == "c"
    assert b not in session
    session.rollback()
    assert names(session, "of_parent") == []


def test_an_object_is_of_one_session_at_a_time(engine: Engine) -> None:
    with Session(engine) as one, Session(engine) as other:
        parent = Parent(name="p")
        one.add(parent)
        with pytest.raises(InvalidRequestError, match="already attached to session"):
            other.add(parent)
        assert object_session(parent) is one


def test_what_is_detached_says_what_would_have_loaded_it(engine: Engine) -> None:
    make: sessionmaker[Session] = sessionmaker(engine)
    with make.begin() as session:
        parent = Parent(name="p")
        session.add(parent)
    with pytest.raises(DetachedInstanceError, match="Parent"):
        _ = parent.name


def test_a_flush_can_be_explained_before_it_is_done(session: Session) -> None:
    session.add(Parent(name="p", children=[Child(name="a"), Child(name="b")], words=[Word()]))
    assert [repr(step) for step in explain_flush(session)] == [
        "<insert Parent x 1>",
        "<insert Word x 1>",
        "<insert Child x 2>",
        "<insert of_between x 1>",
    ]


def test_a_pickled_object_can_be_added_to_a_session_again(engine: Engine) -> None:
    with Session(engine) as session:
        parent = Parent(name="p", children=[Child(name="a")])
        session.add(parent)
        session.commit()
        assert [child.name for child in parent.children] == ["a"]
        kept = pickle.dumps(parent)
    again = pickle.loads(kept)
    assert inspect(again).detached
    with Session(engine) as session:
        session.add(again)
        again.children.append(Child(name="b"))
        session.commit()
        assert names(session, "of_child") == ["a", "b"]


def test_the_former_query_finds_updates_and_deletes(session: Session) -> None:
    session.add_all([Parent(name="a"), Parent(name="b")])
    query = session.query(Parent)
    assert [one.name for one in query.order_by(Parent.name)] == ["a", "b"]
    assert query.filter_by(name="a").update({"name": "c"}) == 1
    assert query.filter(Parent.name == "b").delete() == 1
    assert query.one().name == "c"
