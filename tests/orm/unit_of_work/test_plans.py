"""Flush plans as lists: pure, so no database is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.unit_of_work.works import (
    City,
    Country,
    Engineer,
    Entry,
    Left,
    Node,
    Person,
    Right,
    Tag,
    Team,
    Town,
    Widget,
)
from toolkit.exc import CircularDependencyError
from toolkit.orm import Session, explain_flush, make_transient_to_detached
from toolkit.orm.attributes import set_committed_value


def plan(session: Session) -> list[str]:
    return [repr(step) for step in explain_flush(session)]


def of_new(*objects: Any) -> list[str]:
    session = Session()
    session.add_all(objects)
    return plan(session)


def there(session: Session, cls: Any, **values: Any) -> Any:
    """Return an object as if it had been loaded."""
    one = cls(**values)
    make_transient_to_detached(one)
    for key, prop in cls.__mapper__.relationships.items():
        set_committed_value(one, key, [] if prop.uselist else None)
    for key in cls.__mapper__.column_attrs.keys():  # noqa: SIM118 - not a dictionary
        if key not in one.__dict__:
            set_committed_value(one, key, None)
    session.add(one)
    return one


def test_nothing_to_write_is_no_step() -> None:
    assert plan(Session()) == []


def test_objects_of_one_class_are_one_step() -> None:
    assert of_new(*[Tag() for _ in range(5)]) == ["<insert Tag x 5>"]


def test_who_is_referred_to_comes_first_whatever_was_added_first() -> None:
    team = Team()
    expected = ["<insert Team x 1>", "<insert Person x 2>"]
    assert of_new(Person(team=team), Person(team=team)) == expected
    assert of_new(Team(people=[Person(), Person()])) == expected


def test_classes_of_a_hierarchy_are_one_step() -> None:
    assert of_new(Engineer(), Person(), Engineer()) == ["<insert Engineer x 3>"]


def test_rows_between_come_after_both_sides() -> None:
    assert of_new(Person(tags=[Tag(), Tag()])) == [
        "<insert Person x 1>",
        "<insert Tag x 2>",
        "<insert uow_between x 2>",
    ]


def test_a_tree_is_written_level_by_level() -> None:
    tree = Node(below=[Node(below=[Node()]), Node()])
    assert of_new(tree) == ["<insert Node x 1>", "<insert Node x 2>", "<insert Node x 1>"]


def test_a_long_chain_needs_no_recursion() -> None:
    last = Node()
    for _ in range(3_000):
        last = Node(above=last)
    assert len(of_new(last)) == 3_001


def test_a_key_that_is_written_apart_is_set_last() -> None:
    entry = Entry()
    assert of_new(Widget(entries=[entry], favourite=entry)) == [
        "<insert Widget x 1>",
        "<insert Entry x 1>",
        "<point Widget x 1>",
    ]


def test_new_objects_that_need_each_others_keys_are_refused_by_name() -> None:
    left, right = Left(), Right()
    left.right, right.left = right, left
    with pytest.raises(CircularDependencyError, match=r"Left, Right .*post_update=True"):
        of_new(left)


def test_a_new_object_that_needs_its_own_key_is_refused_by_name() -> None:
    node = Node()
    node.above = node
    with pytest.raises(CircularDependencyError, match="Node"):
        of_new(node)


def test_updates_are_in_the_order_of_keys() -> None:
    session = Session()
    tags = [there(session, Tag, id=number) for number in (3, 1, 2)]
    for tag in tags:
        tag.name = "changed"
    (step,) = explain_flush(session)
    assert [state.identity for state, _ in step.states] == [(1,), (2,), (3,)]
    assert {names for _, names in step.states} == {frozenset(["name"])}


def test_a_change_that_was_taken_back_is_no_step() -> None:
    session = Session()
    tag = there(session, Tag, id=1, name="a")
    tag.name = "b"
    tag.name = "a"
    assert plan(session) == []


def test_who_refers_goes_first() -> None:
    session = Session()
    team, person = there(session, Team, id=1), there(session, Person, id=1, team_id=1)
    session.delete(team)
    session.delete(person)
    assert plan(session) == ["<delete Person x 1>", "<delete Team x 1>"]


def test_a_tree_goes_from_its_leaves() -> None:
    session = Session()
    nodes = [there(session, Node, id=1)]
    nodes += [there(session, Node, id=number, above_id=1) for number in (2, 3)]
    nodes.append(there(session, Node, id=4, above_id=3))
    for node in nodes:
        session.delete(node)
    steps = explain_flush(session)
    assert [[state.identity for state in step.states] for step in steps] == [
        [(4,)],
        [(2,), (3,)],
        [(1,)],
    ]


def test_a_key_that_is_written_apart_is_taken_away_before_rows_go() -> None:
    session = Session()
    widget = there(session, Widget, id=1, favourite_id=2)
    entry = there(session, Entry, id=2, widget_id=1)
    set_committed_value(widget, "favourite", entry)
    session.delete(widget)
    session.delete(entry)
    assert plan(session) == ["<point Widget x 1>", "<delete Entry x 1>", "<delete Widget x 1>"]


def test_rows_that_need_each_other_to_go_first_are_refused_by_name() -> None:
    session = Session()
    session.delete(there(session, Left, id=1, right_id=2))
    session.delete(there(session, Right, id=2, left_id=1))
    with pytest.raises(CircularDependencyError, match="Left, Right"):
        plan(session)


def test_new_rows_come_before_deleted_ones_go() -> None:
    session = Session()
    session.delete(there(session, Tag, id=1))
    session.add(Tag())
    assert plan(session) == ["<insert Tag x 1>", "<delete Tag x 1>"]


def test_a_new_object_with_the_key_of_one_that_goes_takes_its_row() -> None:
    session = Session()
    session.delete(there(session, Tag, id=1, name="old"))
    session.add(Tag(id=1, name="new"))
    assert plan(session) == ["<update Tag x 1>"]


def test_an_object_that_moves_is_updated_once() -> None:
    session = Session()
    one, other = there(session, Team, id=1), there(session, Team, id=2)
    person = there(session, Person, id=1, team_id=1)
    set_committed_value(one, "people", [person])
    set_committed_value(person, "team", one)
    other.people.append(person)
    steps = explain_flush(session)
    assert [repr(step) for step in steps] == ["<update Person x 1>"]
    assert steps[0].states[0][1] == frozenset(["team_id"])


def test_a_new_key_is_followed_where_the_database_does_not() -> None:
    session = Session()
    country = there(session, Country, code="a")
    city, town = there(session, City, code="a", name="c"), there(session, Town, id=1, code="a")
    set_committed_value(country, "cities", [city])
    set_committed_value(country, "towns", [town])
    country.code = "b"
    assert plan(session) == ["<update Country x 1>", "<update Town x 1>"]


def test_explaining_changes_nothing() -> None:
    session = Session()
    team = Team(people=[Person()])
    session.add(team)
    assert plan(session) == plan(session)
    assert team.people[0].team_id is None
    assert team in session.new


def test_a_plan_can_be_printed() -> None:
    session = Session()
    person = there(session, Person, id=1)
    person.name = "p"
    session.delete(there(session, Engineer, id=2))
    entry = Entry()
    session.add_all([Engineer(team=Team(), tags=[Tag()]), Widget(entries=[entry], favourite=entry)])
    assert str(explain_flush(session)).splitlines() == [
        "1. insert 1 Widget into uow_widget",
        "2. insert 1 Entry into uow_entry, with widget_id of Widget",
        "3. insert 1 Tag into uow_tag",
        "4. insert 1 Team into uow_team",
        "5. insert 1 Engineer into uow_person, uow_engineer, with team_id of Team",
        "6. update 1 Person: name",
        "7. point 1 Widget: favourite_id",
        "8. insert 1 row of uow_between",
        "9. delete 1 Engineer from uow_engineer, uow_person",
    ]
