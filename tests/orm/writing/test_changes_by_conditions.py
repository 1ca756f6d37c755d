"""UPDATE and DELETE of a class by conditions: the objects of a session follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.shop import Chief, Clerk, Mail, Person, Worker, counted
from toolkit import bindparam, delete, func, inspect, select, update
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import Session, with_loader_criteria
from toolkit.orm.exc import StaleDataError

WAYS = pytest.mark.parametrize("way", ["auto", "evaluate", "fetch"])


@pytest.fixture
def people(anywhere: Session) -> Iterator[list[Person]]:
    yield list(anywhere.scalars(select(Person).order_by(Person.id)))
    anywhere.rollback()


def names(people: list[Person]) -> list[Any]:
    """What the objects have, without asking the database."""
    return [one.__dict__.get("name") for one in people]


@WAYS
def test_objects_have_what_their_rows_were_set_to(
    anywhere: Session, people: list[Person], way: str
) -> None:
    changed = update(Person).where(Person.id > 1).values(name=Person.name + "!")
    found = anywhere.execute(changed, execution_options={"synchronize_session": way})
    assert found.rowcount == 2
    assert names(people) == ["p1", "p2!", "p3!"]
    assert anywhere.scalar(select(Person.name).where(Person.id == 3)) == "p3!"


@WAYS
def test_what_python_cannot_tell_is_loaded_anew(
    anywhere: Session, people: list[Person], way: str
) -> None:
    changed = update(Person).where(Person.id == 2).values(name=func.upper(Person.name))
    anywhere.execute(changed, execution_options={"synchronize_session": way})
    assert names(people) == ["p1", None, "p3"]
    assert people[1].name == "P2"


def test_conditions_that_python_cannot_tell_are_asked_of_the_database(
    anywhere: Session, people: list[Person]
) -> None:
    changed = update(Person).where(func.lower(Person.name) == "p2").values(name="x")
    with pytest.raises(InvalidRequestError, match="Specify 'fetch' or False"):
        anywhere.execute(changed, execution_options={"synchronize_session": "evaluate"})
    anywhere.execute(changed)
    assert names(people) == ["p1", "x", "p3"]


@pytest.mark.backend("sqlite", "postgresql")
def test_fetching_needs_no_second_statement(anywhere: Session, people: list[Person]) -> None:
    with counted(anywhere.get_bind()) as sent:
        anywhere.execute(
            update(Person).where(Person.id == 2).values(name="x"),
            execution_options={"synchronize_session": "fetch"},
        )
    assert len(sent) == 1


def test_nothing_follows_if_nothing_is_to(anywhere: Session, people: list[Person]) -> None:
    changed = update(Person).where(Person.id == 2).values(name="x")
    anywhere.execute(changed, execution_options={"synchronize_session": False})
    assert names(people) == ["p1", "p2", "p3"]


@WAYS
def test_objects_of_deleted_rows_are_deleted(anywhere: Session, way: str) -> None:
    mails = anywhere.scalars(select(Mail).order_by(Mail.id)).all()
    gone = delete(Mail).where(Mail.id.in_([20, 21]))
    anywhere.execute(gone, execution_options={"synchronize_session": way})
    assert [inspect(one).deleted for one in mails] == [True, True, False, False, False]
    anywhere.rollback()
    assert mails[0].text == "m20"


def test_what_is_set_and_not_written_yet_is_loaded_anew(
    anywhere: Session, people: list[Person]
) -> None:
    with anywhere.no_autoflush:
        people[1].name = "pending"
        anywhere.execute(update(Person).where(Person.id == 2).values(name="written"))
        assert people[1].name == "written"


def test_a_statement_may_go_before_what_is_to_be_flushed(
    anywhere: Session, people: list[Person]
) -> None:
    people[0].name = "flushed"
    asked = update(Person).where(Person.name == "flushed").values(full="found")
    assert anywhere.execute(asked, execution_options={"autoflush": False}).rowcount == 0
    assert anywhere.execute(asked).rowcount == 1


def test_relationships_may_be_in_the_conditions(anywhere: Session) -> None:
    mails = anywhere.scalars(select(Mail).order_by(Mail.id)).all()
    of_two = Mail.person.has(Person.name == "p2")
    assert anywhere.execute(update(Mail).where(of_two).values(text="x")).rowcount == 2
    assert [one.text for one in mails] == ["x", "x", "m30", "m31", "m32"]
    anywhere.rollback()


def test_only_rows_of_the_class_are_meant(anywhere: Session) -> None:
    assert anywhere.execute(update(Clerk).values(desk="d9")).rowcount == 1
    assert anywhere.execute(delete(Clerk)).rowcount == 1
    assert anywhere.scalar(select(func.count()).select_from(Worker)) == 2
    anywhere.rollback()


def test_criteria_for_a_class_hold_for_what_is_written(anywhere: Session) -> None:
    late = with_loader_criteria(Person, Person.id > 2)
    changed = update(Person).values(name="late").options(late)
    assert anywhere.execute(changed).rowcount == 1
    anywhere.rollback()


@pytest.mark.backend("sqlite", "postgresql")
def test_changed_rows_come_back_as_objects(anywhere: Session, people: list[Person]) -> None:
    changed = update(Person).where(Person.id > 1).values(name="x").returning(Person)
    found = anywhere.scalars(changed).all()
    assert sorted(one.id for one in found) == [2, 3]
    assert all(one in people for one in found)
    gone = delete(Mail).where(Mail.id == 20).returning(Mail.id, Mail.text)
    assert anywhere.execute(gone).one() == (20, "m20")


def test_rows_are_changed_by_their_keys(anywhere: Session, people: list[Person]) -> None:
    rows = [{"id": 1, "name": "one"}, {"id": 2, "name": "two", "full": "Two"}]
    assert anywhere.execute(update(Person), rows).rowcount == 2
    assert names(people) == ["one", "two", "p3"]
    chiefs = anywhere.scalars(select(Chief)).all()
    anywhere.execute(update(Chief), [{"id": 2, "level": func.abs(-8)}])
    assert [one.level for one in chiefs] == [8]


def test_bad_rows_are_refused_and_nothing_is_sent(anywhere: Session) -> None:
    with counted(anywhere.get_bind()) as sent:
        with pytest.raises(InvalidRequestError, match="No primary key value supplied"):
            anywhere.execute(update(Person), [{"name": "x"}])
        with pytest.raises(InvalidRequestError, match="'fetch' synchronization"):
            anywhere.execute(
                update(Person), [{"id": 1}], execution_options={"synchronize_session": "fetch"}
            )
        with pytest.raises(InvalidRequestError, match="additional WHERE criteria"):
            anywhere.execute(update(Person).where(Person.id == 1), [{"id": 1, "name": "x"}])
        with pytest.raises(ArgumentError, match="'auto', 'evaluate', 'fetch', False"):
            anywhere.execute(delete(Person), execution_options={"synchronize_session": "sometimes"})
        with pytest.raises(InvalidRequestError, match="Bulk ORM DELETE"):
            anywhere.execute(delete(Person).where(Person.id == bindparam("n")), [{"n": 1}])
    assert sent == []


def test_a_row_that_is_not_there_is_told(session: Session) -> None:
    with pytest.raises(StaleDataError, match="expected to update 1"):
        session.execute(update(Person), [{"id": 99, "name": "x"}])
    session.rollback()


def test_a_query_changes_what_it_finds(anywhere: Session, people: list[Person]) -> None:
    query = anywhere.query(Person).filter(Person.id > 1)
    assert query.update({Person.name: "x"}) == 2
    assert names(people) == ["p1", "x", "x"]
    with pytest.raises(InvalidRequestError, match=r"when limit\(\) has been called"):
        query.limit(1).update({"name": "y"})
    with pytest.raises(InvalidRequestError, match=r"when order_by\(\) has been called"):
        query.order_by(Person.id).delete()
    with pytest.raises(InvalidRequestError, match="of one class"):
        anywhere.query(Person, Mail).delete()
