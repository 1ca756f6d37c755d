"""Rows are written and deleted in an order that foreign keys allow, on every server."""

from __future__ import annotations

import pytest

from tests.orm.unit_of_work.works import (
    City,
    Country,
    Engineer,
    Entry,
    Node,
    Person,
    Tag,
    Team,
    Town,
    Widget,
)
from toolkit import inspect, select, text
from toolkit.orm import Session

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")


def rows(session: Session, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(text(statement))]


def test_a_tree_is_written_and_deleted(session: Session) -> None:
    tree = Node(name="a", below=[Node(name="b", below=[Node(name="c")]), Node(name="d")])
    session.add(tree)
    session.commit()
    assert rows(
        session,
        "select n.name, a.name from uow_node n join uow_node a on a.id = n.above_id order by 1",
    ) == [("b", "a"), ("c", "b"), ("d", "a")]
    for node in session.scalars(select(Node).order_by(Node.name)):
        session.delete(node)
    session.commit()
    assert rows(session, "select * from uow_node") == []


def test_a_tree_can_be_turned_around(session: Session) -> None:
    top, low = Node(name="top"), Node(name="low")
    low.above = top
    session.add(low)
    session.commit()
    low.above, top.above = None, low
    session.commit()
    assert [top.above, low.above] == [low, None]


def test_rows_that_refer_to_each_other_are_written_and_deleted(session: Session) -> None:
    widget = Widget(entries=[Entry(), Entry()])
    widget.favourite = widget.entries[1]
    session.add(widget)
    session.commit()
    assert widget.favourite_id == widget.entries[1].id
    for entry in list(widget.entries):
        session.delete(entry)
    session.delete(widget)
    session.commit()
    assert rows(session, "select id from uow_widget union select id from uow_entry") == []


def test_a_hierarchy_of_tables_is_written_together(session: Session, sent: list[str]) -> None:
    people = [Person(id=1), Engineer(id=2, skill=1), Person(id=3), Engineer(id=4, skill=2)]
    session.add_all(people)
    session.flush()
    assert len(sent) == 2
    for person in people:
        person.name = "new"
    session.flush()
    assert len(sent) == 3
    assert rows(
        session,
        "select p.id, skill from uow_person p left join uow_engineer e"
        " on e.id = p.id order by p.id",
    ) == [(1, None), (2, 1), (3, None), (4, 2)]


def test_rows_between_are_written_once_whichever_side_tells(session: Session) -> None:
    person, tag = Person(), Tag(name="t")
    person.tags.append(tag)
    session.add(person)
    session.commit()
    assert tag.people == [person]
    tag.people.remove(person)
    person.tags.append(tag)
    session.commit()
    assert rows(session, "select count(*) from uow_between") == [(1,)]
    session.delete(tag)
    session.commit()
    assert rows(session, "select * from uow_between") == []


def test_objects_move_between_parents(session: Session) -> None:
    one, other = Team(name="one", people=[Person(name="p")]), Team(name="other")
    session.add_all([one, other])
    session.commit()
    other.people.append(one.people[0])
    session.commit()
    assert one.people == []
    assert [person.name for person in other.people] == ["p"]


def test_a_new_key_is_followed_by_the_database_and_by_the_session(session: Session) -> None:
    country = Country(code="a", cities=[City(name="c", size=1)], towns=[Town(), Town()])
    session.add(country)
    session.commit()
    city = country.cities[0]
    country.code = "b"
    session.flush()
    assert (inspect(country).identity, inspect(city).identity) == (("b",), ("b", "c"))
    assert city.code == "b"
    assert session.get(City, ("b", "c")) is city
    assert rows(session, "select code from uow_town") == [("b",), ("b",)]
    city.size = 2
    session.commit()
    assert rows(session, "select code, size from uow_city") == [("b", 2)]


def test_a_new_key_is_taken_back_by_a_rollback(session: Session) -> None:
    country = Country(code="a", cities=[City(name="c")])
    session.add(country)
    session.commit()
    city = country.cities[0]
    country.code = "b"
    session.flush()
    session.rollback()
    assert (inspect(country).identity, inspect(city).identity) == (("a",), ("a", "c"))
    assert (country.code, city.code) == ("a", "a")


def test_a_row_that_is_taken_over_has_what_is_new_and_keeps_the_rest(session: Session) -> None:
    team = Team(name="t")
    session.add_all([team, Person(id=1, name="old")])
    session.commit()
    session.delete(session.get_one(Person, 1))
    person = Person(id=1, team=team)
    session.add(person)
    session.flush()
    assert rows(session, "select name, team_id, version from uow_person") == [("old", team.id, 2)]
    assert person.name == "old"
    session.commit()
    assert team.people == [person]
