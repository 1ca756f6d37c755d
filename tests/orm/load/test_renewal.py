"""Objects that are there already: met again by a query, expired, refreshed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Mail, Order, Person, counted
from toolkit import select
from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    Session,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    raiseload,
    selectinload,
    subqueryload,
    undefer,
)

THIRD = select(Person).where(Person.id == 3)


def one(session: Session, *options: Any, **execution: Any) -> Person:
    found: Person = (
        session.scalars(THIRD.options(*options), execution_options=execution).unique().one()
    )
    return found


def names(instance: object) -> set[str]:
    return {name for name in vars(instance) if not name.startswith("_")}


@pytest.mark.parametrize(
    ("way", "count"),
    [(joinedload, 1), (selectinload, 2), (subqueryload, 2), (immediateload, 2), (lazyload, 1)],
)
def test_an_expired_object_is_loaded_as_its_statement_has_loaded_it(
    session: Session, way: Any, count: int
) -> None:
    person = one(session, way(Person.mails))
    session.expire(person)
    with counted(session.get_bind()) as sent:
        assert person.name == "p3"
    assert len(sent) == count
    assert ("mails" in names(person)) is (way is not lazyload)


def test_refresh_leaves_out_what_the_statement_has_left_out(session: Session) -> None:
    person = one(session, load_only(Person.name))
    session.refresh(person)
    assert names(person) == {"id", "name"}
    person = one(session, undefer(Person.notes), populate_existing=True)
    session.refresh(person)
    assert names(person) == {"id", "name", "full", "notes"}


def test_refresh_takes_names_of_columns_and_relationships(session: Session) -> None:
    person = one(session, raiseload("*"))
    with counted(session.get_bind()) as sent:
        session.refresh(person, ["mails"])
        assert len(person.mails) == 3
        assert len(sent) == 1
        session.refresh(person, ["notes", "orders"])
        assert (person.notes, len(person.orders)) == ("note 3", 2)
    assert len(sent) == 3


def test_an_attribute_that_there_is_not_cannot_be_refreshed(session: Session) -> None:
    person = one(session)
    for act in (session.refresh, session.expire):
        with pytest.raises(InvalidRequestError, match="has no property 'nmae'") as caught:
            act(person, ["nmae"])
        assert "name" in str(caught.value.hint)
    assert person.name == "p3"


def test_what_one_query_refuses_holds_for_objects_that_are_there(session: Session) -> None:
    person = one(session)
    one(session, raiseload(Person.mails), defer(Person.notes, raiseload=True))
    with pytest.raises(InvalidRequestError, match=r"'Person\.mails' is not available"):
        _ = person.mails
    with pytest.raises(InvalidRequestError, match=r"'Person\.notes' is not available"):
        _ = person.notes
    assert len(person.orders) == 2
    one(session, populate_existing=True)
    assert (len(person.mails), person.notes) == (3, "note 3")


def test_loading_anew_forgets_what_is_related(session: Session) -> None:
    person = one(session, selectinload(Person.mails))
    person.mails.pop()
    with session.no_autoflush:
        assert one(session, populate_existing=True) is person
        assert "mails" not in names(person)
        assert len(person.mails) == 3


def test_objects_that_are_met_on_two_ways_are_loaded_anew_once(session: Session) -> None:
    way = selectinload(Person.orders).joinedload(Order.person)
    person = one(session, joinedload(Person.mails), way, populate_existing=True)
    assert {"mails", "orders"} <= names(person)


def test_options_go_on_below_what_is_there_already(session: Session) -> None:
    person = one(session, selectinload(Person.orders))
    one(session, selectinload(Person.orders).selectinload(Order.items))
    with counted(session.get_bind()) as sent:
        assert [len(order.items) for order in person.orders] == [2, 0]
    assert sent == []


def test_the_first_way_to_an_object_says_what_it_remembers(session: Session) -> None:
    options = (joinedload(Mail.person).load_only(Person.name), joinedload(Mail.person))
    for chosen in (options[:1], options):
        session.expunge_all()
        mail = session.scalars(select(Mail).where(Mail.id == 30).options(*chosen)).one()
        assert mail.person is not None
        assert names(mail.person) == {"id", "name"}


def test_a_lazy_load_finds_by_the_value_that_is_set(session: Session) -> None:
    mail = session.get_one(Mail, 30)
    mail.person_id = 2
    with session.no_autoflush:
        assert mail.person is session.get(Person, 2)


def test_get_finds_classes_whose_mapping_joins_collections(session: Session) -> None:
    person = session.get(Person, 3, options=[joinedload(Person.mails)])
    assert person is not None
    session.expire(person)
    assert session.get(Person, 3) is person
    assert {"name", "mails"} <= names(person)
