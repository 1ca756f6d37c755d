"""``Query.union()`` and its like: what is said afterwards is said of the rows of all."""

from __future__ import annotations

import pytest

from tests.orm.shop import Mail, Person
from toolkit import func
from toolkit.orm import Session, joinedload


def test_rows_of_several_queries_are_one_query(anywhere: Session) -> None:
    one, two, three = (anywhere.query(Person).filter(Person.id == n) for n in (1, 2, 3))
    every = one.union(two, three)
    assert sorted(found.id for found in every) == [1, 2, 3]
    assert [found.id for found in every.filter(Person.name == "p2")] == [2]
    assert [found.id for found in every.order_by(Person.id.desc())] == [3, 2, 1]
    assert every.filter_by(name="p3").count() == 1
    assert every.with_entities(func.max(Person.id)).scalar() == 3


def test_objects_come_once_rows_as_often_as_they_are(anywhere: Session) -> None:
    query = anywhere.query(Person).filter(Person.id == 1)
    assert len(query.union_all(query).all()) == 1
    assert query.union_all(query).count() == 2
    columns = anywhere.query(Person.id).filter(Person.id == 1)
    assert columns.union_all(columns).all() == [(1,), (1,)]


def test_sets_of_sets_nest(anywhere: Session) -> None:
    one, two, three = (anywhere.query(Person).filter(Person.id == n) for n in (1, 2, 3))
    found = one.union(two).union_all(three).order_by(Person.id)
    assert [person.id for person in found] == [1, 2, 3]


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_rows_can_be_taken_out_or_kept(anywhere: Session) -> None:
    every, last = anywhere.query(Person), anywhere.query(Person).filter(Person.id == 3)
    assert sorted(one.id for one in every.except_(last)) == [1, 2]
    assert [one.id for one in every.intersect(last)] == [3]


def test_joins_and_options_go_along(anywhere: Session) -> None:
    two = anywhere.query(Person).filter(Person.id == 2)
    some = two.union(anywhere.query(Person).filter(Person.id == 3))
    joined = some.join(Person.mails).with_entities(Person.id, Mail.id).order_by(Mail.id)
    assert joined.all() == [(2, 20), (2, 21), (3, 30), (3, 31), (3, 32)]
    loaded = some.options(joinedload(Person.mails)).order_by(Person.id).all()
    assert [len(one.__dict__["mails"]) for one in loaded] == [2, 3]


def test_labels_name_the_columns_of_the_rows(anywhere: Session) -> None:
    numbers = anywhere.query(Person.id.label("number")).union(anywhere.query(Mail.id))
    assert [row.number for row in numbers.order_by("number").limit(4)] == [1, 2, 3, 20]
